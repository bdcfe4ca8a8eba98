-- admin: books {"fields":["author.books.title"],"limit":100}
select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.author.books.title"],"limit":100}
select (select json_array(json((select json_group_array(json_array(json(t4.c0))) from (select json((select json_array(json((select json_group_array(json_array(t7.c0)) from (select t6."title" as c0 from "books" t6 where t6."author" = t5."id" and limen_spend() order by t6."id" limit ? + 0) t7))) from "authors" t5 where t5."id" = t3."author" limit 1)) as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t8.* from "books" t8 order by t8."id" limit ? + 0) t1
  [100,100,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"limit":10000}
select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100,10000]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"limit":10001}
wide select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100,10001]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"limit":-1}
wide select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id") t1
  [100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.author.books.title"],"keys":"one"}
select (select json_array(json((select json_group_array(json_array(json(t4.c0))) from (select json((select json_array(json((select json_group_array(json_array(t7.c0)) from (select t6."title" as c0 from "books" t6 where t6."author" = t5."id" and limen_spend() order by t6."id" limit ? + 0) t7))) from "authors" t5 where t5."id" = t3."author" limit 1)) as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from "books" t1 where t1."id" = ? limit ? + 0
  [100,100,7,1]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.book.notes.body"],"limit":100}
select (select json_group_array(json_array(json(t3.c0))) from (select json((select json_array(json((select json_group_array(json_array(t6.c0)) from (select t5."body" as c0 from "notes" t5 where t5."book" = t4."id" and limen_spend() order by t5."place", t5."id" limit ? + 0) t6))) from "books" t4 where t4."id" = t2."book" limit 1)) as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3) from (select t7.* from "books" t7 order by t7."id" limit ? + 0) t1
  [100,100,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"one","key":"book","shape":{"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.book.notes.body"],"limit":101}
wide select (select json_group_array(json_array(json(t3.c0))) from (select json((select json_array(json((select json_group_array(json_array(t6.c0)) from (select t5."body" as c0 from "notes" t5 where t5."book" = t4."id" and limen_spend() order by t5."place", t5."id" limit ? + 0) t6))) from "books" t4 where t4."id" = t2."book" limit 1)) as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3) from (select t7.* from "books" t7 order by t7."id" limit ? + 0) t1
  [100,100,101]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"one","key":"book","shape":{"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.body","author.books.notes.body"],"limit":100}
select (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3), (select json_array(json((select json_group_array(json_array(json(t6.c0))) from (select json((select json_group_array(json_array(t8.c0)) from (select t7."body" as c0 from "notes" t7 where t7."book" = t5."id" and limen_spend() order by t7."place", t7."id" limit ? + 0) t8)) as c0 from "books" t5 where t5."author" = t4."id" and limen_spend() order by t5."id" limit ? + 0) t6))) from "authors" t4 where t4."id" = t1."author" limit 1) from (select t9.* from "books" t9 order by t9."id" limit ? + 0) t1
  [100,100,100,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.body","author.books.notes.body"],"limit":101}
wide select (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3), (select json_array(json((select json_group_array(json_array(json(t6.c0))) from (select json((select json_group_array(json_array(t8.c0)) from (select t7."body" as c0 from "notes" t7 where t7."book" = t5."id" and limen_spend() order by t7."place", t7."id" limit ? + 0) t8)) as c0 from "books" t5 where t5."author" = t4."id" and limen_spend() order by t5."id" limit ? + 0) t6))) from "authors" t4 where t4."id" = t1."author" limit 1) from (select t9.* from "books" t9 order by t9."id" limit ? + 0) t1
  [100,100,100,101]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.body"],"limit":-1,"deep":{"notes":{"_limit":-1}}}
select (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id") t3) from (select t4.* from "books" t4 order by t4."id") t1
  []
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"limit":1,"deep":{"author":{"books":{"_limit":-1}}}}
select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id") t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [1]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"limit":11,"deep":{"author":{"books":{"_limit":-1}}}}
wide select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id") t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [11]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:notes.book.notes.body"],"limit":100}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(json((select json_array(json((select json_group_array(json_array(t7.c0)) from (select t6."body" as c0 from "notes" t6 where t6."book" = t5."id" and limen_spend() order by t6."place", t6."id" limit ? + 0) t7))) from "books" t5 where t5."id" = t4."book" limit 1))) from "notes" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t8.* from "books" t8 order by t8."id" limit ? + 0) t1
  [100,"notes",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"one","key":"book","shape":{"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.books.title"],"limit":101}
wide select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(json((select json_group_array(json_array(t6.c0)) from (select t5."title" as c0 from "books" t5 where t5."author" = t4."id" and limen_spend() order by t5."id" limit ? + 0) t6))) from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t7.* from "books" t7 order by t7."id" limit ? + 0) t1
  [100,"authors",100,101]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.books.title"],"deep":{"author":{"books":{"_filter":{"author":{"books":{"title":"x"}}}}}}}
select (select json_array(json((select json_group_array(json_array(t4.c0)) from (select t3."title" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and exists (select 1 from "authors" t5 where t5."id" = t3."author" and exists (select 1 from "books" t6 where t6."author" = t5."id" and limen_spend() and t6."title" = ?)) order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t7.* from "books" t7 order by t7."id" limit ? + 0) t1
  ["x",100,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.name"],"deep":{"author":{"_filter":{"books":{"author":{"books":{"title":"x"}}}}}}}
wide select (select json_array(t2."name") from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and exists (select 1 from "authors" t4 where t4."id" = t3."author" and exists (select 1 from "books" t5 where t5."author" = t4."id" and limen_spend() and t5."title" = ?))) limit 1) from (select t6.* from "books" t6 order by t6."id" limit ? + 0) t1
  ["x",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.body"],"deep":{"notes":{"_filter":{"book":{"notes":{"book":{"notes":{"stars":1}}}}}}}}
wide select (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" and exists (select 1 from "books" t4 where t4."id" = t2."book" and exists (select 1 from "notes" t5 where t5."book" = t4."id" and limen_spend() and exists (select 1 from "books" t6 where t6."id" = t5."book" and exists (select 1 from "notes" t7 where t7."book" = t6."id" and limen_spend() and t7."stars" = ?)))) order by t2."place", t2."id" limit ? + 0) t3) from (select t8.* from "books" t8 order by t8."id" limit ? + 0) t1
  [1,100,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}
