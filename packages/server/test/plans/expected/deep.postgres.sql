-- admin: books {"fields":["notes.body"],"deep":{"notes":{"_filter":{"stars":{"_gt":2}},"_sort":["-stars"],"_limit":3,"_offset":1}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" > $1::bigint order by t2."stars" desc nulls last, t2."id" limit $2 offset $3) t3) from (select t4.* from "books" t4 order by t4."id" limit $4) t1
  [2,3,1,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes"],"deep":{"notes":{"_limit":2,"_page":3}}}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id" limit $1 offset $2) t3) from (select t4.* from "books" t4 order by t4."id" limit $3) t1
  [2,4,100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}}}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id") t3) from (select t4.* from "books" t4 order by t4."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}},"maxRows":50}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id" limit $1) t3) from (select t4.* from "books" t4 order by t4."id" limit $2) t1
  [50,50]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["author.name"],"deep":{"author":{"_filter":{"name":{"_eq":"x"}}}}}
select (select json_build_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" = $1 limit 1) from (select t3.* from "books" t3 order by t3."id" limit $2) t1
  ["x",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.name"],"deep":{"author":{"_search":"x"}}}
select (select json_build_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name"::text ilike $1 escape '\' limit 1) from (select t3.* from "books" t3 order by t3."id" limit $2) t1
  ["%x%",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"deep":{"author":{"books":{"_limit":2,"_filter":{"pages":{"_gt":1}}}}}}
select (select json_build_array((select coalesce(json_agg(json_build_array(t4.c0)), '[]') from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and t3."pages" > $1::bigint order by t3."id" limit $2) t4)) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit $3) t1
  [1,2,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item:authors":{"_filter":{"name":{"_eq":"x"}}}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" = $2 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t5.* from "books" t5 order by t5."id" limit $4) t1
  ["authors","x",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"authors":{"_filter":{"name":{"_eq":"x"}}}}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" = $2 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t5.* from "books" t5 order by t5."id" limit $4) t1
  ["authors","x",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"_filter":{"id":{"_eq":1}}}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."id" = $2::bigint limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t5.* from "books" t5 order by t5."id" limit $4) t1
  ["authors",1,100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["notes.body"],"deep":{"notes":{"_filter":{"stars":{"_gt":2}},"_sort":["-stars"],"_limit":3,"_offset":1}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint and t2."stars" > $2::bigint order by t2."stars" desc nulls last, t2."id" limit $3 offset $4) t3) from (select t4.* from "books" t4 where (t4."author" = $5::bigint or t4."status" = $6) order by t4."id" limit $7) t1
  [3,2,3,1,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["notes"],"deep":{"notes":{"_limit":2,"_page":3}}}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint order by t2."place" nulls first, t2."id" limit $2 offset $3) t3) from (select t4.* from "books" t4 where (t4."author" = $4::bigint or t4."status" = $5) order by t4."id" limit $6) t1
  [3,2,4,null,"shown",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}}}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint order by t2."place" nulls first, t2."id") t3) from (select t4.* from "books" t4 where (t4."author" = $2::bigint or t4."status" = $3) order by t4."id" limit $4) t1
  [3,null,"shown",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}},"maxRows":50}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint order by t2."place" nulls first, t2."id" limit $2) t3) from (select t4.* from "books" t4 where (t4."author" = $3::bigint or t4."status" = $4) order by t4."id" limit $5) t1
  [3,50,null,"shown",50]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["author.name"],"deep":{"author":{"_filter":{"name":{"_eq":"x"}}}}}
select (select json_build_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = $1 limit 1) from (select t3.* from "books" t3 where (t3."author" = $2::bigint or t3."status" = $3) order by t3."id" limit $4) t1
  ["x",null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author.name"],"deep":{"author":{"_search":"x"}}}
select (select json_build_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name"::text ilike $1 escape '\' limit 1) from (select t3.* from "books" t3 where (t3."author" = $2::bigint or t3."status" = $3) order by t3."id" limit $4) t1
  ["%x%",null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author.books.title"],"deep":{"author":{"books":{"_limit":2,"_filter":{"pages":{"_gt":1}}}}}}
select (select json_build_array((select coalesce(json_agg(json_build_array(t4.c0)), '[]') from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and (t3."author" = $1::bigint or t3."status" = $2) and (case when t3."author" = $3::bigint then t3."pages" end) > $4::bigint order by t3."id" limit $5) t4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t5.* from "books" t5 where (t5."author" = $6::bigint or t5."status" = $7) order by t5."id" limit $8) t1
  [null,"shown",null,1,2,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item:authors":{"_filter":{"name":{"_eq":"x"}}}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" is not null and t4."name" = $2 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t5.* from "books" t5 where (t5."author" = $4::bigint or t5."status" = $5) order by t5."id" limit $6) t1
  ["authors","x",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"authors":{"_filter":{"name":{"_eq":"x"}}}}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" is not null and t4."name" = $2 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t5.* from "books" t5 where (t5."author" = $4::bigint or t5."status" = $5) order by t5."id" limit $6) t1
  ["authors","x",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"_filter":{"id":{"_eq":1}}}}}}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" is not null and t4."id" = $2::bigint limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t5.* from "books" t5 where (t5."author" = $4::bigint or t5."status" = $5) order by t5."id" limit $6) t1
  ["authors",1,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}
