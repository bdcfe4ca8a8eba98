-- admin: books {"fields":["name","writer.name"],"alias":{"name":"title","writer":"author"}}
select t1."title", (select json_build_array(t2."name") from "authors" t2 where t2."id" = t1."author" limit 1) from (select t3.* from "books" t3 order by t3."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"value","key":"name","decode":null},{"kind":"one","key":"writer","shape":{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["of"],"alias":{"of":"year(updated)"}}
select floor(extract(year from t1."updated"))::int from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"of","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["best.body","worst.body"],"alias":{"best":"notes","worst":"notes"},"deep":{"best":{"_sort":"-stars","_limit":1},"worst":{"_sort":"stars","_limit":2}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."stars" desc nulls last, t2."id" limit $1) t3), (select coalesce(json_agg(json_build_array(t5.c0)), '[]') from (select t4."body" as c0 from "notes" t4 where t4."book" = t1."id" order by t4."stars" nulls first, t4."id" limit $2) t5) from (select t6.* from "books" t6 order by t6."id" limit $3) t1
  [1,2,100]
  → {"outputs":[{"kind":"many","key":"best","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}},{"kind":"many","key":"worst","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.what:authors.name"],"deep":{"blocks":{"_alias":{"what":"item"}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $2) t3) from (select t5.* from "books" t5 order by t5."id" limit $3) t1
  ["authors",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"what","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["title"],"alias":{"other":"title"}}
select t1."title" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":["a.b"],"alias":{"a":"title"}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["name","writer.name"],"alias":{"name":"title","writer":"author"}}
select t1."title", (select json_build_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t3.* from "books" t3 where (t3."author" = $1::bigint or t3."status" = $2) order by t3."id" limit $3) t1
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"name","decode":null},{"kind":"one","key":"writer","shape":{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["of"],"alias":{"of":"year(updated)"}}
select floor(extract(year from t1."updated"))::int from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"of","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["best.body","worst.body"],"alias":{"best":"notes","worst":"notes"},"deep":{"best":{"_sort":"-stars","_limit":1},"worst":{"_sort":"stars","_limit":2}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint order by t2."stars" desc nulls last, t2."id" limit $2) t3), (select coalesce(json_agg(json_build_array(t5.c0)), '[]') from (select t4."body" as c0 from "notes" t4 where t4."book" = t1."id" and t4."stars" >= $3::bigint order by t4."stars" nulls first, t4."id" limit $4) t5) from (select t6.* from "books" t6 where (t6."author" = $5::bigint or t6."status" = $6) order by t6."id" limit $7) t1
  [3,1,3,2,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"best","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}},{"kind":"many","key":"worst","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.what:authors.name"],"deep":{"blocks":{"_alias":{"what":"item"}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" is not null limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $2) t3) from (select t5.* from "books" t5 where (t5."author" = $3::bigint or t5."status" = $4) order by t5."id" limit $5) t1
  ["authors",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"what","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["title"],"alias":{"other":"title"}}
select t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":["a.b"],"alias":{"a":"title"}}
FORBIDDEN You don't have permission to do this, or it does not exist.
