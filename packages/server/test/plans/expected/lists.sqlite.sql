-- admin: books {"fields":"title","sort":"-pages,title"}
select t1."title" from "books" t1 order by t1."pages" desc, t1."title", t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","sort":"id"}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","sort":"-id"}
select t1."title" from "books" t1 order by t1."id" desc limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","sort":"--id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title","sort":"author.name"}
select t1."title" from "books" t1 order by (select t2."name" from "authors" t2 where t2."id" = t1."author" limit 1), t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","sort":"shelf.parent.label"}
select t1."title" from "books" t1 order by (select (select t3."label" from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" limit 1), t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","sort":"shelf.parent.parent.parent.label"}
select t1."title" from "books" t1 order by (select (select (select (select t5."label" from "shelves" t5 where t5."id" = t4."parent" limit 1) from "shelves" t4 where t4."id" = t3."parent" limit 1) from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" limit 1), t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","sort":"shelf.parent.parent.parent.parent.label"}
INVALID_QUERY "sort" goes over more than 4 relations.

-- admin: books {"fields":"title","sort":"year(updated),count(notes)"}
select t1."title" from "books" t1 order by cast(strftime('%Y', t1."updated" / 1000.0, 'unixepoch') as integer), (select count(*) from "notes" t2 where t2."book" = t1."id"), t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

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
select t1."title" from "books" t1 order by (select (select count(*) from "books" t3 where t3."author" = t2."id" and limen_spend()) from "authors" t2 where t2."id" = t1."author" limit 1), t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":0}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [0]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":2,"offset":3}
select t1."title" from "books" t1 order by t1."id" limit ? + 0 offset ?
  [2,3]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":2,"page":1}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [2]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":2,"page":3,"offset":1}
select t1."title" from "books" t1 order by t1."id" limit ? + 0 offset ?
  [2,5]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":-1,"page":3}
select t1."title" from "books" t1 order by t1."id"
  []
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":-1,"offset":3}
select t1."title" from "books" t1 order by t1."id" limit -1 offset ?
  [3]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":-1,"maxRows":20}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [20]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","maxRows":20}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [20]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","maxRows":200}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","search":"12","meta":"*"}
select t1."title" from "books" t1 where (t1."id" = ? or t1."title" like ? escape '\' or t1."status" like ? escape '\' or t1."price" = ? or t1."sold" = ? or t1."weight" = ? or t1."pages" = ? or t1."author" = ? or t1."shelf" = ? or t1."grant" = ?) order by t1."id" limit ? + 0
  [12,"%12%","%12%",12,12,12,12,12,12,12,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count,filter_count: select (select count(*) from "books" t1), (select count(*) from "books" t2 where (t2."id" = ? or t2."title" like ? escape '\' or t2."status" like ? escape '\' or t2."price" = ? or t2."sold" = ? or t2."weight" = ? or t2."pages" = ? or t2."author" = ? or t2."shelf" = ? or t2."grant" = ?))
  [12,"%12%","%12%",12,12,12,12,12,12,12]

-- admin: books {"fields":"title","search":"abc","meta":"filter_count"}
select t1."title" from "books" t1 where (t1."title" like ? escape '\' or t1."status" like ? escape '\') order by t1."id" limit ? + 0
  ["%abc%","%abc%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
filter_count: select (select count(*) from "books" t1 where (t1."title" like ? escape '\' or t1."status" like ? escape '\'))
  ["%abc%","%abc%"]

-- admin: books {"fields":"title","search":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","meta":"total_count"}
select t1."title" from "books" t1 where (t1."title" like ? escape '\' or t1."status" like ? escape '\' or t1."ref" = ? or t1."keeper" = ?) order by t1."id" limit ? + 0
  ["%6ba7b810-9dad-11d1-80b4-00c04fd430c8%","%6ba7b810-9dad-11d1-80b4-00c04fd430c8%","6ba7b810-9dad-11d1-80b4-00c04fd430c8","6ba7b810-9dad-11d1-80b4-00c04fd430c8",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count: select (select count(*) from "books" t1)
  []

-- admin: books {"fields":"title","search":"99999999999","filter":{"live":{"_eq":true}}}
select t1."title" from "books" t1 where (t1."live" = ? and (t1."id" = ? or t1."title" like ? escape '\' or t1."status" like ? escape '\' or t1."price" = ? or t1."sold" = ? or t1."weight" = ? or t1."pages" = ? or t1."author" = ? or t1."shelf" = ? or t1."grant" = ?)) order by t1."id" limit ? + 0
  [1,99999999999,"%99999999999%","%99999999999%",99999999999,99999999999,99999999999,99999999999,99999999999,99999999999,99999999999,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","keys":"one"}
select t1."title" from "books" t1 where t1."id" = ? limit ? + 0
  [7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title,notes","filter":{"live":{"_eq":true}},"limit":5,"keys":"one"}
select t1."title", (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3) from "books" t1 where (t1."id" = ? and t1."live" = ?) limit ? + 0
  [100,7,1,1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- admin: books {"fields":"title","keys":"several"}
select t1."title" from "books" t1 where t1."id" in (select value from json_each(?)) order by t1."id"
  ["[7,8]"]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","limit":5,"offset":2,"filter":{"live":{"_eq":true}},"keys":"several"}
select t1."title" from "books" t1 where (t1."id" in (select value from json_each(?)) and t1."live" = ?) order by t1."id" limit ? + 0 offset ?
  ["[7,8]",1,5,2]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","keys":"written"}
select t1."title" from "books" t1 where t1."id" in (select value from json_each(?)) order by t1."id"
  ["[7,8]"]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","path":"found"}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"title","meta":"total_count","path":"unindexed"}
select t1."title" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count: select (select count(*) from "books" t1)
  []

-- admin: books {"fields":"title","path":"found","keys":"one"}
select t1."title" from "books" t1 where t1."id" = ? limit ? + 0
  [7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: shelves {"fields":"label","collection":"shelves"}
select t1."label" from "shelves" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: closed {"fields":"name","collection":"closed"}
select t1."name" from "closed" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: folder {"collection":"folder"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: nothing {"collection":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: notes {"fields":"body","sort":"place","collection":"notes"}
select t1."body" from "notes" t1 order by t1."place", t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"-pages,title"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by (case when t1."author" = ? then t1."pages" end) desc, t1."title", t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"id"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"-id"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" desc limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"--id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title","sort":"author.name"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by (select t2."name" from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"shelf.parent.label"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by (select (select t3."label" from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = ? limit 1), t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"shelf.parent.parent.parent.label"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by (select (select (select (select t5."label" from "shelves" t5 where t5."id" = t4."parent" limit 1) from "shelves" t4 where t4."id" = t3."parent" limit 1) from "shelves" t3 where t3."id" = t2."parent" limit 1) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = ? limit 1), t1."id" limit ? + 0
  [null,"shown",null,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","sort":"shelf.parent.parent.parent.parent.label"}
INVALID_QUERY "sort" goes over more than 4 relations.

-- member: books {"fields":"title","sort":"year(updated),count(notes)"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by cast(strftime('%Y', t1."updated" / 1000.0, 'unixepoch') as integer), (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?), t1."id" limit ? + 0
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

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
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by (select (select count(*) from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), t1."id" limit ? + 0
  [null,"shown",null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":0}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",0]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":2,"offset":3}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0 offset ?
  [null,"shown",2,3]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":2,"page":1}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",2]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":2,"page":3,"offset":1}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0 offset ?
  [null,"shown",2,5]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":-1,"page":3}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id"
  [null,"shown"]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":-1,"offset":3}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit -1 offset ?
  [null,"shown",3]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":-1,"maxRows":20}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",20]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","maxRows":20}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",20]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","maxRows":200}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","search":"12","meta":"*"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (t1."id" = ? or t1."title" like ? escape '\' or (case when t1."author" = ? then t1."status" end) like ? escape '\' or (case when t1."author" = ? then t1."price" end) = ? or (case when t1."author" = ? then t1."sold" end) = ? or (case when t1."author" = ? then t1."weight" end) = ? or (case when t1."author" = ? then t1."pages" end) = ? or t1."author" = ? or (case when t1."author" = ? then t1."shelf" end) = ? or (case when t1."author" = ? then t1."grant" end) = ?) order by t1."id" limit ? + 0
  [null,"shown",12,"%12%",null,"%12%",null,12,null,12,null,12,null,12,12,null,12,null,12,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count,filter_count: select (select count(*) from "books" t1 where (t1."author" = ? or t1."status" = ?)), (select count(*) from "books" t2 where (t2."author" = ? or t2."status" = ?) and (t2."id" = ? or t2."title" like ? escape '\' or (case when t2."author" = ? then t2."status" end) like ? escape '\' or (case when t2."author" = ? then t2."price" end) = ? or (case when t2."author" = ? then t2."sold" end) = ? or (case when t2."author" = ? then t2."weight" end) = ? or (case when t2."author" = ? then t2."pages" end) = ? or t2."author" = ? or (case when t2."author" = ? then t2."shelf" end) = ? or (case when t2."author" = ? then t2."grant" end) = ?))
  [null,"shown",null,"shown",12,"%12%",null,"%12%",null,12,null,12,null,12,null,12,12,null,12,null,12]

-- member: books {"fields":"title","search":"abc","meta":"filter_count"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (t1."title" like ? escape '\' or (case when t1."author" = ? then t1."status" end) like ? escape '\') order by t1."id" limit ? + 0
  [null,"shown","%abc%",null,"%abc%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
filter_count: select (select count(*) from "books" t1 where (t1."author" = ? or t1."status" = ?) and (t1."title" like ? escape '\' or (case when t1."author" = ? then t1."status" end) like ? escape '\'))
  [null,"shown","%abc%",null,"%abc%"]

-- member: books {"fields":"title","search":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","meta":"total_count"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (t1."title" like ? escape '\' or (case when t1."author" = ? then t1."status" end) like ? escape '\' or (case when t1."author" = ? then t1."ref" end) = ? or (case when t1."author" = ? then t1."keeper" end) = ?) order by t1."id" limit ? + 0
  [null,"shown","%6ba7b810-9dad-11d1-80b4-00c04fd430c8%",null,"%6ba7b810-9dad-11d1-80b4-00c04fd430c8%",null,"6ba7b810-9dad-11d1-80b4-00c04fd430c8",null,"6ba7b810-9dad-11d1-80b4-00c04fd430c8",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count: select (select count(*) from "books" t1 where (t1."author" = ? or t1."status" = ?))
  [null,"shown"]

-- member: books {"fields":"title","search":"99999999999","filter":{"live":{"_eq":true}}}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and ((case when t1."author" = ? then t1."live" end) = ? and (t1."id" = ? or t1."title" like ? escape '\' or (case when t1."author" = ? then t1."status" end) like ? escape '\' or (case when t1."author" = ? then t1."price" end) = ? or (case when t1."author" = ? then t1."sold" end) = ? or (case when t1."author" = ? then t1."weight" end) = ? or (case when t1."author" = ? then t1."pages" end) = ? or t1."author" = ? or (case when t1."author" = ? then t1."shelf" end) = ? or (case when t1."author" = ? then t1."grant" end) = ?)) order by t1."id" limit ? + 0
  [null,"shown",null,1,99999999999,"%99999999999%",null,"%99999999999%",null,99999999999,null,99999999999,null,99999999999,null,99999999999,99999999999,null,99999999999,null,99999999999,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","keys":"one"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."id" = ? limit ? + 0
  [null,"shown",7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title,notes","filter":{"live":{"_eq":true}},"limit":5,"keys":"one"}
select t1."title", (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id" limit ? + 0) t3) from "books" t1 where (t1."author" = ? or t1."status" = ?) and (t1."id" = ? and (case when t1."author" = ? then t1."live" end) = ?) limit ? + 0
  [3,100,null,"shown",7,null,1,1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- member: books {"fields":"title","keys":"several"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."id" in (select value from json_each(?)) order by t1."id"
  [null,"shown","[7,8]"]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","limit":5,"offset":2,"filter":{"live":{"_eq":true}},"keys":"several"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (t1."id" in (select value from json_each(?)) and (case when t1."author" = ? then t1."live" end) = ?) order by t1."id" limit ? + 0 offset ?
  [null,"shown","[7,8]",null,1,5,2]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","keys":"written"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."id" in (select value from json_each(?)) order by t1."id"
  [null,"shown","[7,8]"]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","path":"found"}
select t1."title" from "books" t1 where t1."id" in (select t2."id" from "books" t2 where t2."author" = ? union all select t3."id" from "books" t3 where t3."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"title","meta":"total_count","path":"unindexed"}
select t1."title" from "books" t1 where ((t1."author" = ? or t1."status" = ?)) is true order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count: select (select count(*) from "books" t1 where ((t1."author" = ? or t1."status" = ?)) is true)
  [null,"shown"]

-- member: books {"fields":"title","path":"found","keys":"one"}
select t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."id" = ? limit ? + 0
  [null,"shown",7,1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: shelves {"fields":"label","collection":"shelves"}
select t1."label" from "shelves" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: closed {"fields":"name","collection":"closed"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: folder {"collection":"folder"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: nothing {"collection":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: notes {"fields":"body","sort":"place","collection":"notes"}
select t1."body" from "notes" t1 where t1."stars" >= ? order by t1."place", t1."id" limit ? + 0
  [3,100]
  → {"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

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
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,0]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","limit":2,"offset":3}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0 offset ?
  ["shown",1,2,3]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","limit":2,"page":1}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,2]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","limit":2,"page":3,"offset":1}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0 offset ?
  ["shown",1,2,5]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","limit":-1,"page":3}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title"
  ["shown",1]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","limit":-1,"offset":3}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit -1 offset ?
  ["shown",1,3]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","limit":-1,"maxRows":20}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,20]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","maxRows":20}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,20]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","maxRows":200}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","search":"12","meta":"*"}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) and t1."title" like ? escape '\' order by t1."title" limit ? + 0
  ["shown",1,"%12%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count,filter_count: select (select count(*) from "books" t1 where (t1."status" = ? or t1."live" = ?)), (select count(*) from "books" t2 where (t2."status" = ? or t2."live" = ?) and t2."title" like ? escape '\')
  ["shown",1,"shown",1,"%12%"]

-- visitor: books {"fields":"title","search":"abc","meta":"filter_count"}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) and t1."title" like ? escape '\' order by t1."title" limit ? + 0
  ["shown",1,"%abc%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
filter_count: select (select count(*) from "books" t1 where (t1."status" = ? or t1."live" = ?) and t1."title" like ? escape '\')
  ["shown",1,"%abc%"]

-- visitor: books {"fields":"title","search":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","meta":"total_count"}
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) and t1."title" like ? escape '\' order by t1."title" limit ? + 0
  ["shown",1,"%6ba7b810-9dad-11d1-80b4-00c04fd430c8%",100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count: select (select count(*) from "books" t1 where (t1."status" = ? or t1."live" = ?))
  ["shown",1]

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
select t1."title" from "books" t1 where (t1."status" = ? or t1."live" = ?) and t1."id" in (select value from json_each(?)) order by t1."title"
  ["shown",1,"[7,8]"]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","path":"found"}
select t1."title" from "books" t1 where t1."id" in (select t2."id" from "books" t2 where t2."status" = ? union all select t3."id" from "books" t3 where t3."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- visitor: books {"fields":"title","meta":"total_count","path":"unindexed"}
select t1."title" from "books" t1 where ((t1."status" = ? or t1."live" = ?)) is true order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}
total_count: select (select count(*) from "books" t1 where ((t1."status" = ? or t1."live" = ?)) is true)
  ["shown",1]

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
