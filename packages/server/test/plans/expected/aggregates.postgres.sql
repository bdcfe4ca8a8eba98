-- admin: books {"aggregate":{"count":"*"}}
select count(*) from (select 1 as v0 from "books" t1) r
  []
  → [{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"aggregate":{"countAll":"*","count":"id,title"}}
select count(*), count(r.v0), count(r.v1) from (select t1."id" as v0, t1."title" as v1 from "books" t1) r
  []
  → [{"name":"countAll","field":"*","decode":[1,1,null,null,1893553445000]},{"name":"count","field":"id","decode":[1,1,null,null,1893553445000]},{"name":"count","field":"title","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"aggregate":{"countDistinct":"title","sum":"pages,sold,price","sumDistinct":"sold,weight","avg":"pages","avgDistinct":"price"}}
select count(distinct r.v0), sum(r.v1), sum(r.v2), sum(r.v3), sum(distinct r.v4), sum(distinct r.v5), avg(r.v6), (sum(distinct r.v7::float8) / count(distinct r.v7)) from (select t1."title" as v0, t1."pages" as v1, t1."sold" as v2, t1."price" as v3, t1."sold" as v4, t1."weight" as v5, t1."pages" as v6, t1."price" as v7 from "books" t1) r
  []
  → [{"name":"countDistinct","field":"title","decode":[1,1,null,null,1893553445000]},{"name":"sum","field":"pages","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sum","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sum","field":"price","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sumDistinct","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sumDistinct","field":"weight","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"avg","field":"pages","decode":[1,1,null,null,1893553445000]},{"name":"avgDistinct","field":"price","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"aggregate":{"min":"live,ref,title,sold,updated","max":"live,ref,pages"}}
select bool_and(r.v0), min(r.v1::text), min(r.v2), min(r.v3), min(r.v4), bool_or(r.v5), max(r.v6::text), max(r.v7) from (select t1."live" as v0, t1."ref" as v1, t1."title" as v2, t1."sold" as v3, t1."updated" as v4, t1."live" as v5, t1."ref" as v6, t1."pages" as v7 from "books" t1) r
  []
  → [{"name":"min","field":"live","decode":null},{"name":"min","field":"ref","decode":null},{"name":"min","field":"title","decode":null},{"name":"min","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"min","field":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"name":"max","field":"live","decode":null},{"name":"max","field":"ref","decode":null},{"name":"max","field":"pages","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"aggregate":{"min":"doc"}}
INVALID_QUERY "min" needs values with an order, and "doc" has none.

-- admin: books {"aggregate":{"max":"place"}}
INVALID_QUERY "max" needs values with an order, and "place" has none.

-- admin: books {"aggregate":{"max":"odd"}}
INVALID_QUERY "max" needs values with an order, and "odd" has none.

-- admin: books {"aggregate":{"min":"raw"}}
INVALID_QUERY "min" needs values with an order, and "raw" has none.

-- admin: books {"aggregate":{"count":"line"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"aggregate":{"sum":"title"}}
INVALID_QUERY "sum" needs a number, and "title" is none.

-- admin: books {"aggregate":{"avg":"updated"}}
INVALID_QUERY "avg" needs a number, and "updated" is none.

-- admin: books {"aggregate":{"sum":"*"}}
INVALID_QUERY "sum" needs a field, "*" goes with count only.

-- admin: books {"aggregate":{"max":"*"}}
INVALID_QUERY "max" needs a field, "*" goes with count only.

-- admin: books {"aggregate":{"count":"seed"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"aggregate":{"count":"hidden"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"aggregate":{"count":"notes"}}
INVALID_QUERY "notes" is a list and can't be aggregated.

-- admin: books {"aggregate":{"count":"nothing"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"aggregate":{"count":"count(notes)","max":"year(printed)"}}
select count(r.v0), max(r.v1) from (select (select count(*) from "notes" t2 where t2."book" = t1."id") as v0, floor(extract(year from t1."printed"))::int as v1 from "books" t1) r
  []
  → [{"name":"count","field":"notes_count","decode":[1,1,null,null,1893553445000]},{"name":"max","field":"printed_year","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"aggregate":{"count":"json(doc, a)"}}
INVALID_QUERY json() can stand in "fields" only.

-- admin: books {"groupBy":["status"]}
select r.v0 from (select t1."status" as v0 from "books" t1) r group by r.v0 order by r.v0 nulls first limit $1
  [100]
  → [{"name":null,"field":"status","decode":null}]

-- admin: books {"groupBy":["status","year(printed)"],"aggregate":{"count":"*","sum":"sold"},"sort":["-count","status","-sum.sold"]}
select r.v0, r.v1, count(*), sum(r.v2) from (select t1."status" as v0, floor(extract(year from t1."printed"))::int as v1, t1."sold" as v2 from "books" t1) r group by r.v0, r.v1 order by count(*) desc nulls last, r.v0 nulls first, sum(r.v2) desc nulls last, r.v0 nulls first, r.v1 nulls first limit $1
  [100]
  → [{"name":null,"field":"status","decode":null},{"name":null,"field":"printed_year","decode":[1,1,null,null,1893553445000]},{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]},{"name":"sum","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]}]

-- admin: books {"groupBy":["doc","updated","sold"]}
select r.v0, r.v1, r.v2 from (select t1."doc"::text as v0, t1."updated" as v1, t1."sold" as v2 from "books" t1) r group by r.v0, r.v1, r.v2 order by r.v0 nulls first, r.v1 nulls first, r.v2 nulls first limit $1
  [100]
  → [{"name":null,"field":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"name":null,"field":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"name":null,"field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]}]

-- admin: books {"groupBy":["status"],"aggregate":{"count":"id"},"sort":"-count.id","limit":5,"page":2,"offset":1}
select r.v0, count(r.v1) from (select t1."status" as v0, t1."id" as v1 from "books" t1) r group by r.v0 order by count(r.v1) desc nulls last, r.v0 nulls first limit $1 offset $2
  [5,6]
  → [{"name":null,"field":"status","decode":null},{"name":"count","field":"id","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"groupBy":["status"],"sort":"-year(printed)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"groupBy":["year(printed)"],"sort":"-year(printed)","limit":-1,"page":2}
select r.v0 from (select floor(extract(year from t1."printed"))::int as v0 from "books" t1) r group by r.v0 order by r.v0 desc nulls last, r.v0 nulls first
  []
  → [{"name":null,"field":"printed_year","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"groupBy":["status"],"sort":"title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"aggregate":{"count":"*"},"sort":"count","limit":5}
select count(*) from (select 1 as v0 from "books" t1) r order by count(*) nulls first
  []
  → [{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]}]

-- admin: books {"groupBy":["notes"]}
INVALID_QUERY "notes" is a list and can't be aggregated.

-- admin: books {"groupBy":["status"],"filter":{"pages":{"_gt":1}},"search":"x","meta":"*"}
select r.v0 from (select t1."status" as v0 from "books" t1 where (t1."pages" > $1::bigint and (t1."title"::text ilike $2 escape '\' or t1."status"::text ilike $3 escape '\'))) r group by r.v0 order by r.v0 nulls first limit $4
  [1,"%x%","%x%",100]
  → [{"name":null,"field":"status","decode":null}]

-- admin: books {"groupBy":["status"],"filter":{"author":{"books":{"author":{"books":{"title":"x"}}}}}}
wide select r.v0 from (select t1."status" as v0 from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and exists (select 1 from "authors" t4 where t4."id" = t3."author" and exists (select 1 from "books" t5 where t5."author" = t4."id" and t5."title" = $1))))) r group by r.v0 order by r.v0 nulls first limit $2
  ["x",100]
  → [{"name":null,"field":"status","decode":null}]

-- member: books {"aggregate":{"count":"*"}}
select count(*) from (select 1 as v0 from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2)) r
  [null,"shown"]
  → [{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]}]

-- member: books {"aggregate":{"countAll":"*","count":"id,title"}}
select count(*), count(r.v0), count(r.v1) from (select t1."id" as v0, t1."title" as v1 from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2)) r
  [null,"shown"]
  → [{"name":"countAll","field":"*","decode":[1,1,null,null,1893553445000]},{"name":"count","field":"id","decode":[1,1,null,null,1893553445000]},{"name":"count","field":"title","decode":[1,1,null,null,1893553445000]}]

-- member: books {"aggregate":{"countDistinct":"title","sum":"pages,sold,price","sumDistinct":"sold,weight","avg":"pages","avgDistinct":"price"}}
select count(distinct r.v0), sum(r.v1), sum(r.v2), sum(r.v3), sum(distinct r.v4), sum(distinct r.v5), avg(r.v6), (sum(distinct r.v7::float8) / count(distinct r.v7)) from (select t1."title" as v0, (case when t1."author" = $1::bigint then t1."pages" end) as v1, (case when t1."author" = $2::bigint then t1."sold" end) as v2, (case when t1."author" = $3::bigint then t1."price" end) as v3, (case when t1."author" = $4::bigint then t1."sold" end) as v4, (case when t1."author" = $5::bigint then t1."weight" end) as v5, (case when t1."author" = $6::bigint then t1."pages" end) as v6, (case when t1."author" = $7::bigint then t1."price" end) as v7 from "books" t1 where (t1."author" = $8::bigint or t1."status" = $9)) r
  [null,null,null,null,null,null,null,null,"shown"]
  → [{"name":"countDistinct","field":"title","decode":[1,1,null,null,1893553445000]},{"name":"sum","field":"pages","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sum","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sum","field":"price","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sumDistinct","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"sumDistinct","field":"weight","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"avg","field":"pages","decode":[1,1,null,null,1893553445000]},{"name":"avgDistinct","field":"price","decode":[1,1,null,null,1893553445000]}]

-- member: books {"aggregate":{"min":"live,ref,title,sold,updated","max":"live,ref,pages"}}
select bool_and(r.v0), min(r.v1::text), min(r.v2), min(r.v3), min(r.v4), bool_or(r.v5), max(r.v6::text), max(r.v7) from (select (case when t1."author" = $1::bigint then t1."live" end) as v0, (case when t1."author" = $2::bigint then t1."ref" end) as v1, t1."title" as v2, (case when t1."author" = $3::bigint then t1."sold" end) as v3, t1."updated" as v4, (case when t1."author" = $4::bigint then t1."live" end) as v5, (case when t1."author" = $5::bigint then t1."ref" end) as v6, (case when t1."author" = $6::bigint then t1."pages" end) as v7 from "books" t1 where (t1."author" = $7::bigint or t1."status" = $8)) r
  [null,null,null,null,null,null,null,"shown"]
  → [{"name":"min","field":"live","decode":null},{"name":"min","field":"ref","decode":null},{"name":"min","field":"title","decode":null},{"name":"min","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"name":"min","field":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"name":"max","field":"live","decode":null},{"name":"max","field":"ref","decode":null},{"name":"max","field":"pages","decode":[1,1,null,null,1893553445000]}]

-- member: books {"aggregate":{"min":"doc"}}
INVALID_QUERY "min" needs values with an order, and "doc" has none.

-- member: books {"aggregate":{"max":"place"}}
INVALID_QUERY "max" needs values with an order, and "place" has none.

-- member: books {"aggregate":{"max":"odd"}}
INVALID_QUERY "max" needs values with an order, and "odd" has none.

-- member: books {"aggregate":{"min":"raw"}}
INVALID_QUERY "min" needs values with an order, and "raw" has none.

-- member: books {"aggregate":{"count":"line"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"aggregate":{"sum":"title"}}
INVALID_QUERY "sum" needs a number, and "title" is none.

-- member: books {"aggregate":{"avg":"updated"}}
INVALID_QUERY "avg" needs a number, and "updated" is none.

-- member: books {"aggregate":{"sum":"*"}}
INVALID_QUERY "sum" needs a field, "*" goes with count only.

-- member: books {"aggregate":{"max":"*"}}
INVALID_QUERY "max" needs a field, "*" goes with count only.

-- member: books {"aggregate":{"count":"seed"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"aggregate":{"count":"hidden"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"aggregate":{"count":"notes"}}
INVALID_QUERY "notes" is a list and can't be aggregated.

-- member: books {"aggregate":{"count":"nothing"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"aggregate":{"count":"count(notes)","max":"year(printed)"}}
select count(r.v0), max(r.v1) from (select (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint) as v0, floor(extract(year from (case when t1."author" = $2::bigint then t1."printed" end)))::int as v1 from "books" t1 where (t1."author" = $3::bigint or t1."status" = $4)) r
  [3,null,null,"shown"]
  → [{"name":"count","field":"notes_count","decode":[1,1,null,null,1893553445000]},{"name":"max","field":"printed_year","decode":[1,1,null,null,1893553445000]}]

-- member: books {"aggregate":{"count":"json(doc, a)"}}
INVALID_QUERY json() can stand in "fields" only.

-- member: books {"groupBy":["status"]}
select r.v0 from (select (case when t1."author" = $1::bigint then t1."status" end) as v0 from "books" t1 where (t1."author" = $2::bigint or t1."status" = $3)) r group by r.v0 order by r.v0 nulls first limit $4
  [null,null,"shown",100]
  → [{"name":null,"field":"status","decode":null}]

-- member: books {"groupBy":["status","year(printed)"],"aggregate":{"count":"*","sum":"sold"},"sort":["-count","status","-sum.sold"]}
select r.v0, r.v1, count(*), sum(r.v2) from (select (case when t1."author" = $1::bigint then t1."status" end) as v0, floor(extract(year from (case when t1."author" = $2::bigint then t1."printed" end)))::int as v1, (case when t1."author" = $3::bigint then t1."sold" end) as v2 from "books" t1 where (t1."author" = $4::bigint or t1."status" = $5)) r group by r.v0, r.v1 order by count(*) desc nulls last, r.v0 nulls first, sum(r.v2) desc nulls last, r.v0 nulls first, r.v1 nulls first limit $6
  [null,null,null,null,"shown",100]
  → [{"name":null,"field":"status","decode":null},{"name":null,"field":"printed_year","decode":[1,1,null,null,1893553445000]},{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]},{"name":"sum","field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]}]

-- member: books {"groupBy":["doc","updated","sold"]}
select r.v0, r.v1, r.v2 from (select t1."doc"::text as v0, t1."updated" as v1, (case when t1."author" = $1::bigint then t1."sold" end) as v2 from "books" t1 where (t1."author" = $2::bigint or t1."status" = $3)) r group by r.v0, r.v1, r.v2 order by r.v0 nulls first, r.v1 nulls first, r.v2 nulls first limit $4
  [null,null,"shown",100]
  → [{"name":null,"field":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"name":null,"field":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"name":null,"field":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]}]

-- member: books {"groupBy":["status"],"aggregate":{"count":"id"},"sort":"-count.id","limit":5,"page":2,"offset":1}
select r.v0, count(r.v1) from (select (case when t1."author" = $1::bigint then t1."status" end) as v0, t1."id" as v1 from "books" t1 where (t1."author" = $2::bigint or t1."status" = $3)) r group by r.v0 order by count(r.v1) desc nulls last, r.v0 nulls first limit $4 offset $5
  [null,null,"shown",5,6]
  → [{"name":null,"field":"status","decode":null},{"name":"count","field":"id","decode":[1,1,null,null,1893553445000]}]

-- member: books {"groupBy":["status"],"sort":"-year(printed)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"groupBy":["year(printed)"],"sort":"-year(printed)","limit":-1,"page":2}
select r.v0 from (select floor(extract(year from (case when t1."author" = $1::bigint then t1."printed" end)))::int as v0 from "books" t1 where (t1."author" = $2::bigint or t1."status" = $3)) r group by r.v0 order by r.v0 desc nulls last, r.v0 nulls first
  [null,null,"shown"]
  → [{"name":null,"field":"printed_year","decode":[1,1,null,null,1893553445000]}]

-- member: books {"groupBy":["status"],"sort":"title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"aggregate":{"count":"*"},"sort":"count","limit":5}
select count(*) from (select 1 as v0 from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2)) r order by count(*) nulls first
  [null,"shown"]
  → [{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]}]

-- member: books {"groupBy":["notes"]}
INVALID_QUERY "notes" is a list and can't be aggregated.

-- member: books {"groupBy":["status"],"filter":{"pages":{"_gt":1}},"search":"x","meta":"*"}
select r.v0 from (select (case when t1."author" = $1::bigint then t1."status" end) as v0 from "books" t1 where (t1."author" = $2::bigint or t1."status" = $3) and ((case when t1."author" = $4::bigint then t1."pages" end) > $5::bigint and (t1."title"::text ilike $6 escape '\' or (case when t1."author" = $7::bigint then t1."status" end)::text ilike $8 escape '\'))) r group by r.v0 order by r.v0 nulls first limit $9
  [null,null,"shown",null,1,"%x%",null,"%x%",100]
  → [{"name":null,"field":"status","decode":null}]

-- member: books {"groupBy":["status"],"filter":{"author":{"books":{"author":{"books":{"title":"x"}}}}}}
wide select r.v0 from (select (case when t1."author" = $1::bigint then t1."status" end) as v0 from "books" t1 where (t1."author" = $2::bigint or t1."status" = $3) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and (t3."author" = $4::bigint or t3."status" = $5) and exists (select 1 from "authors" t4 where t4."id" = t3."author" and t4."name" is not null and exists (select 1 from "books" t5 where t5."author" = t4."id" and (t5."author" = $6::bigint or t5."status" = $7) and t5."title" = $8))))) r group by r.v0 order by r.v0 nulls first limit $9
  [null,null,"shown",null,"shown",null,"shown","x",100]
  → [{"name":null,"field":"status","decode":null}]

-- visitor: books {"aggregate":{"count":"*"}}
select count(*) from (select 1 as v0 from "books" t1 where (t1."status" = $1 or t1."live" = $2)) r
  ["shown","true"]
  → [{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]}]

-- visitor: books {"aggregate":{"countAll":"*","count":"id,title"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"countDistinct":"title","sum":"pages,sold,price","sumDistinct":"sold,weight","avg":"pages","avgDistinct":"price"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"min":"live,ref,title,sold,updated","max":"live,ref,pages"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"min":"doc"}}
INVALID_QUERY "min" needs values with an order, and "doc" has none.

-- visitor: books {"aggregate":{"max":"place"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"max":"odd"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"min":"raw"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"count":"line"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"sum":"title"}}
INVALID_QUERY "sum" needs a number, and "title" is none.

-- visitor: books {"aggregate":{"avg":"updated"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"sum":"*"}}
INVALID_QUERY "sum" needs a field, "*" goes with count only.

-- visitor: books {"aggregate":{"max":"*"}}
INVALID_QUERY "max" needs a field, "*" goes with count only.

-- visitor: books {"aggregate":{"count":"seed"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"count":"hidden"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"count":"notes"}}
INVALID_QUERY "notes" is a list and can't be aggregated.

-- visitor: books {"aggregate":{"count":"nothing"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"count":"count(notes)","max":"year(printed)"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"count":"json(doc, a)"}}
INVALID_QUERY json() can stand in "fields" only.

-- visitor: books {"groupBy":["status"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["status","year(printed)"],"aggregate":{"count":"*","sum":"sold"},"sort":["-count","status","-sum.sold"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["doc","updated","sold"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["status"],"aggregate":{"count":"id"},"sort":"-count.id","limit":5,"page":2,"offset":1}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["status"],"sort":"-year(printed)"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["year(printed)"],"sort":"-year(printed)","limit":-1,"page":2}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["status"],"sort":"title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"aggregate":{"count":"*"},"sort":"count","limit":5}
select count(*) from (select 1 as v0 from "books" t1 where (t1."status" = $1 or t1."live" = $2)) r order by count(*) nulls first
  ["shown","true"]
  → [{"name":"count","field":"*","decode":[1,1,null,null,1893553445000]}]

-- visitor: books {"groupBy":["notes"]}
INVALID_QUERY "notes" is a list and can't be aggregated.

-- visitor: books {"groupBy":["status"],"filter":{"pages":{"_gt":1}},"search":"x","meta":"*"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"groupBy":["status"],"filter":{"author":{"books":{"author":{"books":{"title":"x"}}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.
