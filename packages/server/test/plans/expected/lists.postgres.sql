-- admin: books {"fields":"title","sort":"-pages,title"}
select t1."title" from "books" t1 order by t1."pages" desc nulls last, t1."title" nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"id"}
select t1."title" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"-id"}
select t1."title" from "books" t1 order by t1."id" desc limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"--id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title","sort":"author.name"}
select t1."title" from "books" t1 order by (select t2."name" from "authors" t2 where t2."id" = t1."author" limit 1) nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"shelf.parent.label"}
select t1."title" from "books" t1 order by (select (select t3."label" from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" limit 1) nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"shelf.parent.parent.parent.label"}
select t1."title" from "books" t1 order by (select (select (select (select t5."label" from "shelves" t5 where t5."id" = t4."parent" limit 1) from "shelves" t4 where t4."id" = t3."parent" limit 1) from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" limit 1) nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"shelf.parent.parent.parent.parent.label"}
INVALID_QUERY "sort" goes over more than 4 relations.

-- admin: books {"fields":"title","sort":"year(updated),count(notes)"}
select t1."title" from "books" t1 order by floor(extract(year from t1."updated"))::int nulls first, (select count(*) from "notes" t2 where t2."book" = t1."id") nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","sort":"notes"}
INVALID_QUERY "sort" can't use "notes", a list.

-- admin: books {"fields":"title","sort":"notes.stars"}
INVALID_QUERY "sort" can't go over "notes": it leads to several items.

-- admin: books {"fields":"title","sort":"seed"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title","sort":"hidden"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title","sort":"json(doc, a)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title","sort":"author.count(books)"}
select t1."title" from "books" t1 order by (select (select count(*) from "books" t3 where t3."author" = t2."id") from "authors" t2 where t2."id" = t1."author" limit 1) nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":0}
select t1."title" from "books" t1 order by t1."id" limit $1
  [0]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":2,"offset":3}
select t1."title" from "books" t1 order by t1."id" limit $1 offset $2
  [2,3]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":2,"page":1}
select t1."title" from "books" t1 order by t1."id" limit $1
  [2]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":2,"page":3,"offset":1}
select t1."title" from "books" t1 order by t1."id" limit $1 offset $2
  [2,5]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":-1,"page":3}
select t1."title" from "books" t1 order by t1."id"
  []
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":-1,"offset":3}
select t1."title" from "books" t1 order by t1."id" offset $1
  [3]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":-1,"maxRows":20}
select t1."title" from "books" t1 order by t1."id" limit $1
  [20]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","maxRows":20}
select t1."title" from "books" t1 order by t1."id" limit $1
  [20]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","maxRows":200}
select t1."title" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","search":"12","meta":"*"}
select t1."title" from "books" t1 where (t1."id" = $1::bigint or t1."title"::text ilike $2 escape '\' or t1."status"::text ilike $3 escape '\' or t1."price" = $4 or t1."sold" = $5::bigint or t1."weight" = $6 or t1."pages" = $7::bigint or t1."author" = $8::bigint or t1."shelf" = $9::bigint or t1."grant" = $10::bigint) order by t1."id" limit $11
  [12,"%12%","%12%",12,12,12,12,12,12,12,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count,filter_count: select (select count(*) from "books" t1), (select count(*) from "books" t2 where (t2."id" = $1::bigint or t2."title"::text ilike $2 escape '\' or t2."status"::text ilike $3 escape '\' or t2."price" = $4 or t2."sold" = $5::bigint or t2."weight" = $6 or t2."pages" = $7::bigint or t2."author" = $8::bigint or t2."shelf" = $9::bigint or t2."grant" = $10::bigint))
  [12,"%12%","%12%",12,12,12,12,12,12,12]

-- admin: books {"fields":"title","search":"abc","meta":"filter_count"}
select t1."title" from "books" t1 where (t1."title"::text ilike $1 escape '\' or t1."status"::text ilike $2 escape '\') order by t1."id" limit $3
  ["%abc%","%abc%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
filter_count: select (select count(*) from "books" t1 where (t1."title"::text ilike $1 escape '\' or t1."status"::text ilike $2 escape '\'))
  ["%abc%","%abc%"]

-- admin: books {"fields":"title","search":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","meta":"total_count"}
select t1."title" from "books" t1 where (t1."title"::text ilike $1 escape '\' or t1."status"::text ilike $2 escape '\' or t1."ref" = $3 or t1."keeper" = $4) order by t1."id" limit $5
  ["%6ba7b810-9dad-11d1-80b4-00c04fd430c8%","%6ba7b810-9dad-11d1-80b4-00c04fd430c8%","6ba7b810-9dad-11d1-80b4-00c04fd430c8","6ba7b810-9dad-11d1-80b4-00c04fd430c8",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count: select (select count(*) from "books" t1)
  []

-- admin: books {"fields":"title","search":"99999999999","filter":{"live":{"_eq":true}}}
select t1."title" from "books" t1 where (t1."live" = $1 and (t1."id" = $2::bigint or t1."title"::text ilike $3 escape '\' or t1."status"::text ilike $4 escape '\' or t1."price" = $5 or t1."sold" = $6::bigint or t1."weight" = $7 or t1."pages" = $8::bigint or t1."author" = $9::bigint or t1."shelf" = $10::bigint or t1."grant" = $11::bigint)) order by t1."id" limit $12
  ["true",99999999999,"%99999999999%","%99999999999%",99999999999,99999999999,99999999999,99999999999,99999999999,99999999999,99999999999,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","keys":"one"}
select t1."title" from "books" t1 where t1."id" = $1::bigint limit $2
  [7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title,notes","filter":{"live":{"_eq":true}},"limit":5,"keys":"one"}
select t1."title", (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id" limit $1) t3) from "books" t1 where (t1."id" = $2::bigint and t1."live" = $3) limit $4
  [100,7,"true",1]
  → {"outputs":[{"kind":"value","key":"title","decode":null},{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"title","keys":"several"}
select t1."title" from "books" t1 where t1."id" = any($1::bigint[]) order by t1."id"
  ["{\"7\",\"8\"}"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","limit":5,"offset":2,"filter":{"live":{"_eq":true}},"keys":"several"}
select t1."title" from "books" t1 where (t1."id" = any($1::bigint[]) and t1."live" = $2) order by t1."id" limit $3 offset $4
  ["{\"7\",\"8\"}","true",5,2]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","keys":"written"}
select t1."title" from "books" t1 where t1."id" = any($1::bigint[]) order by t1."id"
  ["{\"7\",\"8\"}"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","path":"found"}
select t1."title" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"title","meta":"total_count","path":"unindexed"}
select t1."title" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count: select (select count(*) from "books" t1)
  []

-- admin: books {"fields":"title","path":"found","keys":"one"}
select t1."title" from "books" t1 where t1."id" = $1::bigint limit $2
  [7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: shelves {"fields":"label","collection":"shelves"}
select t1."label" from "shelves" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"label","decode":null}],"chunk":null}

-- admin: closed {"fields":"name","collection":"closed"}
select t1."name" from "closed" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}

-- admin: folder {"collection":"folder"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: nothing {"collection":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: notes {"fields":"body","sort":"place","collection":"notes"}
select t1."body" from "notes" t1 order by t1."place" nulls first, t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"-pages,title"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by (case when t1."author" = $3::bigint then t1."pages" end) desc nulls last, t1."title" nulls first, t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"id"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"-id"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" desc limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"--id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title","sort":"author.name"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by (select t2."name" from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) nulls first, t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"shelf.parent.label"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by (select (select t3."label" from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = $3::bigint limit 1) nulls first, t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"shelf.parent.parent.parent.label"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by (select (select (select (select t5."label" from "shelves" t5 where t5."id" = t4."parent" limit 1) from "shelves" t4 where t4."id" = t3."parent" limit 1) from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = $3::bigint limit 1) nulls first, t1."id" limit $4
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"shelf.parent.parent.parent.parent.label"}
INVALID_QUERY "sort" goes over more than 4 relations.

-- member: books {"fields":"title","sort":"year(updated),count(notes)"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by floor(extract(year from t1."updated"))::int nulls first, (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint) nulls first, t1."id" limit $4
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","sort":"notes"}
INVALID_QUERY "sort" can't use "notes", a list.

-- member: books {"fields":"title","sort":"notes.stars"}
INVALID_QUERY "sort" can't go over "notes": it leads to several items.

-- member: books {"fields":"title","sort":"seed"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title","sort":"hidden"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title","sort":"json(doc, a)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title","sort":"author.count(books)"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by (select (select count(*) from "books" t3 where t3."author" = t2."id" and (t3."author" = $3::bigint or t3."status" = $4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) nulls first, t1."id" limit $5
  [null,"shown",null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":0}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",0]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":2,"offset":3}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3 offset $4
  [null,"shown",2,3]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":2,"page":1}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",2]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":2,"page":3,"offset":1}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3 offset $4
  [null,"shown",2,5]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":-1,"page":3}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id"
  [null,"shown"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":-1,"offset":3}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" offset $3
  [null,"shown",3]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":-1,"maxRows":20}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",20]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","maxRows":20}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",20]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","maxRows":200}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","search":"12","meta":"*"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (t1."id" = $3::bigint or t1."title"::text ilike $4 escape '\' or (case when t1."author" = $5::bigint then t1."status" end)::text ilike $6 escape '\' or (case when t1."author" = $7::bigint then t1."price" end) = $8 or (case when t1."author" = $9::bigint then t1."sold" end) = $10::bigint or (case when t1."author" = $11::bigint then t1."weight" end) = $12 or (case when t1."author" = $13::bigint then t1."pages" end) = $14::bigint or t1."author" = $15::bigint or (case when t1."author" = $16::bigint then t1."shelf" end) = $17::bigint or (case when t1."author" = $18::bigint then t1."grant" end) = $19::bigint) order by t1."id" limit $20
  [null,"shown",12,"%12%",null,"%12%",null,12,null,12,null,12,null,12,12,null,12,null,12,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count,filter_count: select (select count(*) from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2)), (select count(*) from "books" t2 where (t2."author" = $3::bigint or t2."status" = $4) and (t2."id" = $5::bigint or t2."title"::text ilike $6 escape '\' or (case when t2."author" = $7::bigint then t2."status" end)::text ilike $8 escape '\' or (case when t2."author" = $9::bigint then t2."price" end) = $10 or (case when t2."author" = $11::bigint then t2."sold" end) = $12::bigint or (case when t2."author" = $13::bigint then t2."weight" end) = $14 or (case when t2."author" = $15::bigint then t2."pages" end) = $16::bigint or t2."author" = $17::bigint or (case when t2."author" = $18::bigint then t2."shelf" end) = $19::bigint or (case when t2."author" = $20::bigint then t2."grant" end) = $21::bigint))
  [null,"shown",null,"shown",12,"%12%",null,"%12%",null,12,null,12,null,12,null,12,12,null,12,null,12]

-- member: books {"fields":"title","search":"abc","meta":"filter_count"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (t1."title"::text ilike $3 escape '\' or (case when t1."author" = $4::bigint then t1."status" end)::text ilike $5 escape '\') order by t1."id" limit $6
  [null,"shown","%abc%",null,"%abc%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
filter_count: select (select count(*) from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (t1."title"::text ilike $3 escape '\' or (case when t1."author" = $4::bigint then t1."status" end)::text ilike $5 escape '\'))
  [null,"shown","%abc%",null,"%abc%"]

-- member: books {"fields":"title","search":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","meta":"total_count"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (t1."title"::text ilike $3 escape '\' or (case when t1."author" = $4::bigint then t1."status" end)::text ilike $5 escape '\' or (case when t1."author" = $6::bigint then t1."ref" end) = $7 or (case when t1."author" = $8::bigint then t1."keeper" end) = $9) order by t1."id" limit $10
  [null,"shown","%6ba7b810-9dad-11d1-80b4-00c04fd430c8%",null,"%6ba7b810-9dad-11d1-80b4-00c04fd430c8%",null,"6ba7b810-9dad-11d1-80b4-00c04fd430c8",null,"6ba7b810-9dad-11d1-80b4-00c04fd430c8",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count: select (select count(*) from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2))
  [null,"shown"]

-- member: books {"fields":"title","search":"99999999999","filter":{"live":{"_eq":true}}}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and ((case when t1."author" = $3::bigint then t1."live" end) = $4 and (t1."id" = $5::bigint or t1."title"::text ilike $6 escape '\' or (case when t1."author" = $7::bigint then t1."status" end)::text ilike $8 escape '\' or (case when t1."author" = $9::bigint then t1."price" end) = $10 or (case when t1."author" = $11::bigint then t1."sold" end) = $12::bigint or (case when t1."author" = $13::bigint then t1."weight" end) = $14 or (case when t1."author" = $15::bigint then t1."pages" end) = $16::bigint or t1."author" = $17::bigint or (case when t1."author" = $18::bigint then t1."shelf" end) = $19::bigint or (case when t1."author" = $20::bigint then t1."grant" end) = $21::bigint)) order by t1."id" limit $22
  [null,"shown",null,"true",99999999999,"%99999999999%",null,"%99999999999%",null,99999999999,null,99999999999,null,99999999999,null,99999999999,99999999999,null,99999999999,null,99999999999,100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","keys":"one"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."id" = $3::bigint limit $4
  [null,"shown",7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title,notes","filter":{"live":{"_eq":true}},"limit":5,"keys":"one"}
select t1."title", (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint order by t2."place" nulls first, t2."id" limit $2) t3) from "books" t1 where (t1."author" = $3::bigint or t1."status" = $4) and (t1."id" = $5::bigint and (case when t1."author" = $6::bigint then t1."live" end) = $7) limit $8
  [3,100,null,"shown",7,null,"true",1]
  → {"outputs":[{"kind":"value","key":"title","decode":null},{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"title","keys":"several"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."id" = any($3::bigint[]) order by t1."id"
  [null,"shown","{\"7\",\"8\"}"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","limit":5,"offset":2,"filter":{"live":{"_eq":true}},"keys":"several"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (t1."id" = any($3::bigint[]) and (case when t1."author" = $4::bigint then t1."live" end) = $5) order by t1."id" limit $6 offset $7
  [null,"shown","{\"7\",\"8\"}",null,"true",5,2]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","keys":"written"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."id" = any($3::bigint[]) order by t1."id"
  [null,"shown","{\"7\",\"8\"}"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","path":"found"}
select t1."title" from "books" t1 where t1."id" in (select t2."id" from "books" t2 where t2."author" = $1::bigint union all select t3."id" from "books" t3 where t3."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"title","meta":"total_count","path":"unindexed"}
select t1."title" from "books" t1 where ((t1."author" = $1::bigint or t1."status" = $2)) is true order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count: select (select count(*) from "books" t1 where ((t1."author" = $1::bigint or t1."status" = $2)) is true)
  [null,"shown"]

-- member: books {"fields":"title","path":"found","keys":"one"}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."id" = $3::bigint limit $4
  [null,"shown",7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: shelves {"fields":"label","collection":"shelves"}
select t1."label" from "shelves" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"label","decode":null}],"chunk":null}

-- member: closed {"fields":"name","collection":"closed"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: folder {"collection":"folder"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: nothing {"collection":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: notes {"fields":"body","sort":"place","collection":"notes"}
select t1."body" from "notes" t1 where t1."stars" >= $1::bigint order by t1."place" nulls first, t1."id" limit $2
  [3,100]
  → {"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","sort":"-pages,title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"-id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"--id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"author.name"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"shelf.parent.label"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"shelf.parent.parent.parent.label"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"shelf.parent.parent.parent.parent.label"}
INVALID_QUERY "sort" goes over more than 4 relations.

-- visitor: books {"fields":"title","sort":"year(updated),count(notes)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"notes"}
INVALID_QUERY "sort" can't use "notes", a list.

-- visitor: books {"fields":"title","sort":"notes.stars"}
INVALID_QUERY "sort" can't go over "notes": it leads to several items.

-- visitor: books {"fields":"title","sort":"seed"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"hidden"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"json(doc, a)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","sort":"author.count(books)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","limit":0}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",0]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","limit":2,"offset":3}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3 offset $4
  ["shown","true",2,3]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","limit":2,"page":1}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",2]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","limit":2,"page":3,"offset":1}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3 offset $4
  ["shown","true",2,5]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","limit":-1,"page":3}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first
  ["shown","true"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","limit":-1,"offset":3}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first offset $3
  ["shown","true",3]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","limit":-1,"maxRows":20}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",20]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","maxRows":20}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",20]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","maxRows":200}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","search":"12","meta":"*"}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) and t1."title"::text ilike $3 escape '\' order by t1."title" nulls first limit $4
  ["shown","true","%12%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count,filter_count: select (select count(*) from "books" t1 where (t1."status" = $1 or t1."live" = $2)), (select count(*) from "books" t2 where (t2."status" = $3 or t2."live" = $4) and t2."title"::text ilike $5 escape '\')
  ["shown","true","shown","true","%12%"]

-- visitor: books {"fields":"title","search":"abc","meta":"filter_count"}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) and t1."title"::text ilike $3 escape '\' order by t1."title" nulls first limit $4
  ["shown","true","%abc%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
filter_count: select (select count(*) from "books" t1 where (t1."status" = $1 or t1."live" = $2) and t1."title"::text ilike $3 escape '\')
  ["shown","true","%abc%"]

-- visitor: books {"fields":"title","search":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","meta":"total_count"}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) and t1."title"::text ilike $3 escape '\' order by t1."title" nulls first limit $4
  ["shown","true","%6ba7b810-9dad-11d1-80b4-00c04fd430c8%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count: select (select count(*) from "books" t1 where (t1."status" = $1 or t1."live" = $2))
  ["shown","true"]

-- visitor: books {"fields":"title","search":"99999999999","filter":{"live":{"_eq":true}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","keys":"one"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title,notes","filter":{"live":{"_eq":true}},"limit":5,"keys":"one"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","keys":"several"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","limit":5,"offset":2,"filter":{"live":{"_eq":true}},"keys":"several"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title","keys":"written"}
select t1."title" from "books" t1 where (t1."status" = $1 or t1."live" = $2) and t1."id" = any($3::bigint[]) order by t1."title" nulls first
  ["shown","true","{\"7\",\"8\"}"]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","path":"found"}
select t1."title" from "books" t1 where t1."id" in (select t2."id" from "books" t2 where t2."status" = $1 union all select t3."id" from "books" t3 where t3."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- visitor: books {"fields":"title","meta":"total_count","path":"unindexed"}
select t1."title" from "books" t1 where ((t1."status" = $1 or t1."live" = $2)) is true order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}
total_count: select (select count(*) from "books" t1 where ((t1."status" = $1 or t1."live" = $2)) is true)
  ["shown","true"]

-- visitor: books {"fields":"title","path":"found","keys":"one"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: shelves {"fields":"label","collection":"shelves"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: closed {"fields":"name","collection":"closed"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: folder {"collection":"folder"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: nothing {"collection":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: notes {"fields":"body","sort":"place","collection":"notes"}
FORBIDDEN You don't have permission to do this, or it does not exist.
