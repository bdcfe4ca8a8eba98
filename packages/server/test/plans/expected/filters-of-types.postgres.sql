-- admin: books {"fields":"id","filter":{"price":{"_gt":"1.50"}}}
select t1."id" from "books" t1 where t1."price" > $1 order by t1."id" limit $2
  [1.5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"sold":{"_eq":"9007199254740993"}}}
select t1."id" from "books" t1 where t1."sold" = $1::bigint order by t1."id" limit $2
  ["9007199254740993n",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"printed":{"_lt":"2030-01-01T00:00:00"}}}
select t1."id" from "books" t1 where t1."printed" < $1 order by t1."id" limit $2
  ["2030-01-01 00:00:00",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"updated":{"_lt":"$NOW(-1 day)"}}}
select t1."id" from "books" t1 where t1."updated" < $1 order by t1."id" limit $2
  ["2030-01-14T12:00:00.000Z",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"updated":{"_between":["2030-01-01","$NOW"]}}}
select t1."id" from "books" t1 where t1."updated" between $1 and $2 order by t1."id" limit $3
  ["2030-01-01T00:00:00.000Z","2030-01-15T12:00:00.000Z",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"opens":{"_gte":"10:00:00"}}}
select t1."id" from "books" t1 where t1."opens" >= $1 order by t1."id" limit $2
  ["10:00:00",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"live":{"_eq":"true"}}}
select t1."id" from "books" t1 where t1."live" = $1 order by t1."id" limit $2
  ["true",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"live":{"_gt":true}}}
INVALID_QUERY "_gt" does not fit the type of "live".

-- admin: books {"fields":"id","filter":{"doc":{"_eq":"x"}}}
select t1."id" from "books" t1 where t1."doc"::text = $1 order by t1."id" limit $2
  ["\"x\"",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"doc":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "doc".

-- admin: books {"fields":"id","filter":{"labels":{"_contains":"x"}}}
select t1."id" from "books" t1 where strpos(t1."labels"::text, $1) > 0 order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"ref":{"_contains":"x"}}}
select t1."id" from "books" t1 where strpos(t1."ref"::text, $1) > 0 order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"place":{"_null":true}}}
select t1."id" from "books" t1 where t1."place" is null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"place":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "place".

-- admin: books {"fields":"id","filter":{"odd":{"_contains":"x"}}}
select t1."id" from "books" t1 where strpos(t1."odd"::text, $1) > 0 order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"odd":{"_lt":"x"}}}
select t1."id" from "books" t1 where t1."odd"::text < $1 order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"odd":{"_eq":"x"}}}
select t1."id" from "books" t1 where t1."odd"::text = $1 order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"raw":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "raw".

-- admin: books {"fields":"id","filter":{"raw":{"_nnull":true}}}
select t1."id" from "books" t1 where t1."raw" is not null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "pages".

-- admin: books {"fields":"id","filter":{"pages":{"_eq":"x"}}}
select t1."id" from "books" t1 where 1 = 0 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"seed":{"_null":true}}}
select t1."id" from "books" t1 where t1."seed" is null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"seed":{"_nnull":true}}}
select t1."id" from "books" t1 where t1."seed" is not null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"seed":{"_eq":"x"}}}
INVALID_QUERY "_eq" can't be used with "seed", only "_null" and "_nnull".

-- admin: books {"fields":"id","filter":{"seed":{"_empty":true}}}
INVALID_QUERY "_empty" can't be used with "seed", only "_null" and "_nnull".

-- admin: books {"fields":"id","filter":{"hidden":{"_contains":"x"}}}
INVALID_QUERY "_contains" can't be used with "hidden", only "_null" and "_nnull".

-- admin: books {"fields":"id","filter":{"year(printed)":{"_eq":2030}}}
select t1."id" from "books" t1 where floor(extract(year from t1."printed"))::int = $1::bigint order by t1."id" limit $2
  [2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"year(printed)":2030}}
select t1."id" from "books" t1 where floor(extract(year from t1."printed"))::int = $1::bigint order by t1."id" limit $2
  [2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"year(printed)":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of its left side.

-- admin: books {"fields":"id","filter":{"count(notes)":{"_gt":1}}}
select t1."id" from "books" t1 where (select count(*) from "notes" t2 where t2."book" = t1."id") > $1::bigint order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"count(nothing)":{"_gt":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"json(doc, a)":{"_gt":1}}}
INVALID_QUERY json() can stand in "fields" only.

-- admin: books {"fields":"id","filter":{"drop(doc)":{"_gt":1}}}
INVALID_QUERY "drop(doc)" is not a function call that is known.

-- member: books {"fields":"id","filter":{"price":{"_gt":"1.50"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."price" end) > $4 order by t1."id" limit $5
  [null,"shown",null,1.5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"sold":{"_eq":"9007199254740993"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."sold" end) = $4::bigint order by t1."id" limit $5
  [null,"shown",null,"9007199254740993n",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"printed":{"_lt":"2030-01-01T00:00:00"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."printed" end) < $4 order by t1."id" limit $5
  [null,"shown",null,"2030-01-01 00:00:00",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"updated":{"_lt":"$NOW(-1 day)"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."updated" < $3 order by t1."id" limit $4
  [null,"shown","2030-01-14T12:00:00.000Z",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"updated":{"_between":["2030-01-01","$NOW"]}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."updated" between $3 and $4 order by t1."id" limit $5
  [null,"shown","2030-01-01T00:00:00.000Z","2030-01-15T12:00:00.000Z",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"opens":{"_gte":"10:00:00"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."opens" end) >= $4 order by t1."id" limit $5
  [null,"shown",null,"10:00:00",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"live":{"_eq":"true"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."live" end) = $4 order by t1."id" limit $5
  [null,"shown",null,"true",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"live":{"_gt":true}}}
INVALID_QUERY "_gt" does not fit the type of "live".

-- member: books {"fields":"id","filter":{"doc":{"_eq":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."doc"::text = $3 order by t1."id" limit $4
  [null,"shown","\"x\"",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"doc":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "doc".

-- member: books {"fields":"id","filter":{"labels":{"_contains":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and strpos((case when t1."author" = $3::bigint then t1."labels" end)::text, $4) > 0 order by t1."id" limit $5
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"ref":{"_contains":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and strpos((case when t1."author" = $3::bigint then t1."ref" end)::text, $4) > 0 order by t1."id" limit $5
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"place":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."place" end) is null order by t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"place":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "place".

-- member: books {"fields":"id","filter":{"odd":{"_contains":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and strpos((case when t1."author" = $3::bigint then t1."odd" end)::text, $4) > 0 order by t1."id" limit $5
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"odd":{"_lt":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."odd" end)::text < $4 order by t1."id" limit $5
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"odd":{"_eq":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."odd" end)::text = $4 order by t1."id" limit $5
  [null,"shown",null,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"raw":{"_lt":"x"}}}
INVALID_QUERY "_lt" does not fit the type of "raw".

-- member: books {"fields":"id","filter":{"raw":{"_nnull":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."raw" end) is not null order by t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"pages":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of "pages".

-- member: books {"fields":"id","filter":{"pages":{"_eq":"x"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and 1 = 0 order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"seed":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."seed" end) is null order by t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"seed":{"_nnull":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (case when t1."author" = $3::bigint then t1."seed" end) is not null order by t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"seed":{"_eq":"x"}}}
INVALID_QUERY "_eq" can't be used with "seed", only "_null" and "_nnull".

-- member: books {"fields":"id","filter":{"seed":{"_empty":true}}}
INVALID_QUERY "_empty" can't be used with "seed", only "_null" and "_nnull".

-- member: books {"fields":"id","filter":{"hidden":{"_contains":"x"}}}
INVALID_QUERY "_contains" can't be used with "hidden", only "_null" and "_nnull".

-- member: books {"fields":"id","filter":{"year(printed)":{"_eq":2030}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and floor(extract(year from (case when t1."author" = $3::bigint then t1."printed" end)))::int = $4::bigint order by t1."id" limit $5
  [null,"shown",null,2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"year(printed)":2030}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and floor(extract(year from (case when t1."author" = $3::bigint then t1."printed" end)))::int = $4::bigint order by t1."id" limit $5
  [null,"shown",null,2030,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"year(printed)":{"_contains":"x"}}}
INVALID_QUERY "_contains" does not fit the type of its left side.

-- member: books {"fields":"id","filter":{"count(notes)":{"_gt":1}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint) > $4::bigint order by t1."id" limit $5
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"count(nothing)":{"_gt":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"json(doc, a)":{"_gt":1}}}
INVALID_QUERY json() can stand in "fields" only.

-- member: books {"fields":"id","filter":{"drop(doc)":{"_gt":1}}}
INVALID_QUERY "drop(doc)" is not a function call that is known.
