-- admin: books {"fields":"id","filter":{"price":{"_gt":"1.50"}}}
select t1."id" from "books" t1 where t1."price" > ? order by t1."id" limit ? + 0
  [1.5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"sold":{"_eq":"9007199254740993"}}}
select t1."id" from "books" t1 where t1."sold" = ? order by t1."id" limit ? + 0
  ["9007199254740993n",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"printed":{"_lt":"2030-01-01T00:00:00"}}}
select t1."id" from "books" t1 where t1."printed" < ? order by t1."id" limit ? + 0
  [1893456000000,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"updated":{"_lt":"$NOW(-1 day)"}}}
select t1."id" from "books" t1 where t1."updated" < ? order by t1."id" limit ? + 0
  [1894622400000,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"updated":{"_between":["2030-01-01","$NOW"]}}}
select t1."id" from "books" t1 where t1."updated" between ? and ? order by t1."id" limit ? + 0
  [1893456000000,1894708800000,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"opens":{"_gte":"10:00:00"}}}
select t1."id" from "books" t1 where t1."opens" >= ? order by t1."id" limit ? + 0
  ["10:00:00",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"live":{"_eq":"true"}}}
select t1."id" from "books" t1 where t1."live" = ? order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"live":{"_gt":true}}}
INVALID_QUERY "_gt" does not fit the type of "live".

-- admin: books {"fields":"id","filter":{"doc":{"_eq":"x"}}}
select t1."id" from "books" t1 where t1."doc" = ? order by t1."id" limit ? + 0
  ["\"x\"",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"doc":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "doc".

-- admin: books {"fields":"id","filter":{"labels":{"_contains":"x"}}}
select t1."id" from "books" t1 where instr(t1."labels", ?) > 0 order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"ref":{"_contains":"x"}}}
select t1."id" from "books" t1 where instr(t1."ref", ?) > 0 order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"place":{"_null":true}}}
select t1."id" from "books" t1 where t1."place" is null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"place":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "place".

-- admin: books {"fields":"id","filter":{"odd":{"_contains":"x"}}}
select t1."id" from "books" t1 where instr(t1."odd", ?) > 0 order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"odd":{"_lt":"x"}}}
select t1."id" from "books" t1 where t1."odd" < ? order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"odd":{"_eq":"x"}}}
select t1."id" from "books" t1 where cast(t1."odd" as text) = ? order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"raw":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "raw".

-- admin: books {"fields":"id","filter":{"raw":{"_nnull":true}}}
select t1."id" from "books" t1 where t1."raw" is not null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "pages".

-- admin: books {"fields":"id","filter":{"pages":{"_eq":"x"}}}
select t1."id" from "books" t1 where 1 = 0 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"seed":{"_null":true}}}
select t1."id" from "books" t1 where t1."seed" is null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"seed":{"_nnull":true}}}
select t1."id" from "books" t1 where t1."seed" is not null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"seed":{"_eq":"x"}}}
INVALID_QUERY "_eq" can't be used with "seed", only "_null" and "_nnull".

-- admin: books {"fields":"id","filter":{"seed":{"_empty":true}}}
INVALID_QUERY "_empty" can't be used with "seed", only "_null" and "_nnull".

-- admin: books {"fields":"id","filter":{"hidden":{"_contains":"x"}}}
INVALID_QUERY "_contains" can't be used with "hidden", only "_null" and "_nnull".

-- admin: books {"fields":"id","filter":{"year(printed)":{"_eq":2030}}}
select t1."id" from "books" t1 where cast(strftime('%Y', limen_wall_time(t1."printed") / 1000.0, 'unixepoch') as integer) = ? order by t1."id" limit ? + 0
  [2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"year(printed)":2030}}
select t1."id" from "books" t1 where cast(strftime('%Y', limen_wall_time(t1."printed") / 1000.0, 'unixepoch') as integer) = ? order by t1."id" limit ? + 0
  [2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"year(printed)":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of its left side.

-- admin: books {"fields":"id","filter":{"count(notes)":{"_gt":1}}}
select t1."id" from "books" t1 where (select count(*) from "notes" t2 where t2."book" = t1."id") > ? order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"count(nothing)":{"_gt":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"json(doc, a)":{"_gt":1}}}
INVALID_QUERY json() can stand in "fields" only.

-- admin: books {"fields":"id","filter":{"drop(doc)":{"_gt":1}}}
INVALID_QUERY "drop(doc)" is not a function call that is known.

-- member: books {"fields":"id","filter":{"price":{"_gt":"1.50"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."price" end) > ? order by t1."id" limit ? + 0
  [null,"shown",null,1.5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"sold":{"_eq":"9007199254740993"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."sold" end) = ? order by t1."id" limit ? + 0
  [null,"shown",null,"9007199254740993n",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"printed":{"_lt":"2030-01-01T00:00:00"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."printed" end) < ? order by t1."id" limit ? + 0
  [null,"shown",null,1893456000000,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"updated":{"_lt":"$NOW(-1 day)"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."updated" < ? order by t1."id" limit ? + 0
  [null,"shown",1894622400000,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"updated":{"_between":["2030-01-01","$NOW"]}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."updated" between ? and ? order by t1."id" limit ? + 0
  [null,"shown",1893456000000,1894708800000,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"opens":{"_gte":"10:00:00"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."opens" end) >= ? order by t1."id" limit ? + 0
  [null,"shown",null,"10:00:00",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"live":{"_eq":"true"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."live" end) = ? order by t1."id" limit ? + 0
  [null,"shown",null,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"live":{"_gt":true}}}
INVALID_QUERY "_gt" does not fit the type of "live".

-- member: books {"fields":"id","filter":{"doc":{"_eq":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."doc" = ? order by t1."id" limit ? + 0
  [null,"shown","\"x\"",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"doc":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "doc".

-- member: books {"fields":"id","filter":{"labels":{"_contains":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and instr((case when t1."author" = ? then t1."labels" end), ?) > 0 order by t1."id" limit ? + 0
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"ref":{"_contains":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and instr((case when t1."author" = ? then t1."ref" end), ?) > 0 order by t1."id" limit ? + 0
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"place":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."place" end) is null order by t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"place":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "place".

-- member: books {"fields":"id","filter":{"odd":{"_contains":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and instr((case when t1."author" = ? then t1."odd" end), ?) > 0 order by t1."id" limit ? + 0
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"odd":{"_lt":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."odd" end) < ? order by t1."id" limit ? + 0
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"odd":{"_eq":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and cast((case when t1."author" = ? then t1."odd" end) as text) = ? order by t1."id" limit ? + 0
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"raw":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "raw".

-- member: books {"fields":"id","filter":{"raw":{"_nnull":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."raw" end) is not null order by t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"pages":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "pages".

-- member: books {"fields":"id","filter":{"pages":{"_eq":"x"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and 1 = 0 order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"seed":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."seed" end) is null order by t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"seed":{"_nnull":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (case when t1."author" = ? then t1."seed" end) is not null order by t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"seed":{"_eq":"x"}}}
INVALID_QUERY "_eq" can't be used with "seed", only "_null" and "_nnull".

-- member: books {"fields":"id","filter":{"seed":{"_empty":true}}}
INVALID_QUERY "_empty" can't be used with "seed", only "_null" and "_nnull".

-- member: books {"fields":"id","filter":{"hidden":{"_contains":"x"}}}
INVALID_QUERY "_contains" can't be used with "hidden", only "_null" and "_nnull".

-- member: books {"fields":"id","filter":{"year(printed)":{"_eq":2030}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and cast(strftime('%Y', limen_wall_time((case when t1."author" = ? then t1."printed" end)) / 1000.0, 'unixepoch') as integer) = ? order by t1."id" limit ? + 0
  [null,"shown",null,2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"year(printed)":2030}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and cast(strftime('%Y', limen_wall_time((case when t1."author" = ? then t1."printed" end)) / 1000.0, 'unixepoch') as integer) = ? order by t1."id" limit ? + 0
  [null,"shown",null,2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"year(printed)":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of its left side.

-- member: books {"fields":"id","filter":{"count(notes)":{"_gt":1}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?) > ? order by t1."id" limit ? + 0
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"count(nothing)":{"_gt":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"json(doc, a)":{"_gt":1}}}
INVALID_QUERY json() can stand in "fields" only.

-- member: books {"fields":"id","filter":{"drop(doc)":{"_gt":1}}}
INVALID_QUERY "drop(doc)" is not a function call that is known.
