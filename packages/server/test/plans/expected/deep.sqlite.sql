-- admin: books {"fields":["notes.body"],"deep":{"notes":{"_filter":{"stars":{"_gt":2}},"_sort":["-stars"],"_limit":3,"_offset":1}}}
select (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" > ? order by t2."stars" desc, t2."id" limit ? + 0 offset ?) t3) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [2,3,1,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes"],"deep":{"notes":{"_limit":2,"_page":3}}}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0 offset ?) t3) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [2,4,100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- admin: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}}}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id") t3) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- admin: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}},"maxRows":50}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [50,50]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- admin: books {"fields":["author.name"],"deep":{"author":{"_filter":{"name":{"_eq":"x"}}}}}
select (select json_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" = ? limit 1) from (select t3.* from "books" t3 order by t3."id" limit ? + 0) t1
  ["x",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.name"],"deep":{"author":{"_search":"x"}}}
select (select json_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" like ? escape '\' limit 1) from (select t3.* from "books" t3 order by t3."id" limit ? + 0) t1
  ["%x%",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"deep":{"author":{"books":{"_limit":2,"_filter":{"pages":{"_gt":1}}}}}}
select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and t3."pages" > ? order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [1,2,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item:authors":{"_filter":{"name":{"_eq":"x"}}}}}}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  ["authors","x",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"authors":{"_filter":{"name":{"_eq":"x"}}}}}}}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  ["authors","x",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"_filter":{"id":{"_eq":1}}}}}}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."id" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  ["authors",1,100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["notes.body"],"deep":{"notes":{"_filter":{"stars":{"_gt":2}},"_sort":["-stars"],"_limit":3,"_offset":1}}}
select (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."stars" > ? order by t2."stars" desc, t2."id" limit ? + 0 offset ?) t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [3,2,3,1,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["notes"],"deep":{"notes":{"_limit":2,"_page":3}}}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id" limit ? + 0 offset ?) t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [3,2,4,null,"shown",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- member: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}}}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id") t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [3,null,"shown",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- member: books {"fields":["notes"],"deep":{"notes":{"_limit":-1}},"maxRows":50}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [3,50,null,"shown",50]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- member: books {"fields":["author.name"],"deep":{"author":{"_filter":{"name":{"_eq":"x"}}}}}
select (select json_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = ? limit 1) from (select t3.* from "books" t3 where (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t1
  ["x",null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author.name"],"deep":{"author":{"_search":"x"}}}
select (select json_array(t2."name") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" like ? escape '\' limit 1) from (select t3.* from "books" t3 where (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t1
  ["%x%",null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author.books.title"],"deep":{"author":{"books":{"_limit":2,"_filter":{"pages":{"_gt":1}}}}}}
select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) and (case when t3."author" = ? then t3."pages" end) > ? order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  [null,"shown",null,1,2,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item:authors":{"_filter":{"name":{"_eq":"x"}}}}}}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" is not null and t4."name" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  ["authors","x",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"authors":{"_filter":{"name":{"_eq":"x"}}}}}}}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" is not null and t4."name" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  ["authors","x",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name"],"deep":{"blocks":{"item":{"_filter":{"id":{"_eq":1}}}}}}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" is not null and t4."id" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  ["authors",1,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}
