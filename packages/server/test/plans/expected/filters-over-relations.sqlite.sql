-- admin: books {"fields":"id","filter":{"author":{"_eq":1}}}
select t1."id" from "books" t1 where t1."author" = ? order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"_null":true}}}
select t1."id" from "books" t1 where t1."author" is null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"name":{"_eq":"x"}}}}
select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = ?) order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"name":{"_null":true}}}}
select t1."id" from "books" t1 where (exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is null) or not exists (select 1 from "authors" t3 where t3."id" = t1."author")) order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":[{"author":{"name":{"_eq":"x"}}},{"author":{"id":{"_gt":1}}}]}}
select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and (t2."name" = ? and t2."id" > ?)) order by t1."id" limit ? + 0
  ["x",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"_some":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = ?) order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"_none":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where not exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = ?) order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > ?) order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_some":{"stars":{"_gt":1}},"_none":{"body":{"_null":true}}}}}
select t1."id" from "books" t1 where (exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > ?) and not exists (select 1 from "notes" t3 where t3."book" = t1."id" and t3."body" is null)) order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":[{"notes":{"stars":{"_gt":1}}},{"notes":{"body":{"_eq":"x"}}}]}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and (t2."stars" > ? and t2."body" = ?)) order by t1."id" limit ? + 0
  [1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_null":true}}}
select t1."id" from "books" t1 where not exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_nnull":true}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_empty":true}}}
select t1."id" from "books" t1 where not exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_nempty":true}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_in":[1,2]}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."id" in (select value from json_each(?))) order by t1."id" limit ? + 0
  ["[1,2]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_and":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and (t2."stars" > ? and t2."body" = ?)) order by t1."id" limit ? + 0
  [1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_or":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and (t2."stars" > ? or t2."body" = ?)) order by t1."id" limit ? + 0
  [1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":1}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."id" = ?) order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item:authors":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where exists (select 1 from "blocks" t2 where t2."book" = t1."id" and exists (select 1 from "authors" t3 where cast(t3."id" as text) = t2."item" and t2."kind" = ? and t3."name" = ?)) order by t1."id" limit ? + 0
  ["authors","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item:books":{"title":{"_eq":"x"}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"blocks":{"item:closed":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where exists (select 1 from "blocks" t2 where t2."book" = t1."id" and exists (select 1 from "closed" t3 where cast(t3."id" as text) = t2."item" and t2."kind" = ? and t3."name" = ?)) order by t1."id" limit ? + 0
  ["closed","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item":{"_eq":"1"}}}}
select t1."id" from "books" t1 where exists (select 1 from "blocks" t2 where t2."book" = t1."id" and t2."item" = ?) order by t1."id" limit ? + 0
  ["1",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item":{"name":{"_eq":"1"}}}}}
INVALID_QUERY "item" leads to several collections: name one, as in "item:collection".

-- admin: books {"fields":"id","filter":{"author:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"title:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes,book)":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > ?) order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes, book)":{"_some":{"stars":{"_gt":1}}}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > ?) order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes,stars)":{"stars":{"_gt":1}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"$FOLLOW(nothing,book)":{"stars":{"_gt":1}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"$FOLLOW(shelves,parent)":{"label":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes,book)":3}}
INVALID_QUERY $FOLLOW takes a filter.

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes)":{"stars":1}}}
INVALID_QUERY "$FOLLOW(notes)" is not a function call that is known.

-- admin: books {"fields":"id","filter":{"author":{"books":{"author":{"books":{"title":{"_eq":"x"}}}}}}}
wide select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and exists (select 1 from "authors" t4 where t4."id" = t3."author" and exists (select 1 from "books" t5 where t5."author" = t4."id" and limen_spend() and t5."title" = ?)))) order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"books":{"author":{"books":{"author":{"name":{"_eq":"x"}}}}}}}}
INVALID_QUERY The filter goes over more than 4 relations.

-- admin: books {"fields":"id","filter":{"author":{"books":{"notes":{"stars":{"_gt":1}}}}}}
wide select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and exists (select 1 from "notes" t4 where t4."book" = t3."id" and limen_spend() and t4."stars" > ?))) order by t1."id" limit ? + 0
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_or":[{"author":{"books":{"title":{"_eq":"x"}}}},{"notes":{"book":{"notes":{"stars":1}}}}]}}
select t1."id" from "books" t1 where (exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and t3."title" = ?)) or exists (select 1 from "notes" t4 where t4."book" = t1."id" and exists (select 1 from "books" t5 where t5."id" = t4."book" and exists (select 1 from "notes" t6 where t6."book" = t5."id" and limen_spend() and t6."stars" = ?)))) order by t1."id" limit ? + 0
  ["x",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"nothing":{"_eq":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"line":{"_eq":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"_eq":1}}
INVALID_QUERY "_eq" has to stand under a field.

-- admin: books {"fields":"id","filter":{"title":["x"]}}
INVALID_QUERY A filter on a field takes operators, not a list.

-- admin: books {"fields":"id","filter":{"title":{"_like":"x"}}}
INVALID_QUERY "_like" is not an operator.

-- admin: books {"fields":"id","filter":{"title":{"like":"x"}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"title":{"_eq":["x"]}}}
select t1."id" from "books" t1 where t1."title" = ? order by t1."id" limit ? + 0
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":["x","y"]}}}
INVALID_QUERY "_eq" takes one value, not a list.

-- admin: books {"fields":"id","filter":{"title":{"_eq":{"a":1}}}}
INVALID_QUERY "_eq" takes a value, not an object.

-- admin: books {"fields":"id","filter":{"title":{"_in":[]}}}
INVALID_QUERY "_in" can't be an empty list.

-- admin: books {"fields":"id","filter":{"title":{"_in":[{"a":1}]}}}
INVALID_QUERY A list in a filter takes plain values only.

-- admin: books {"fields":"id","filter":{"title":{"_in":"$CURRENT_ROLES"}}}
select t1."id" from "books" t1 where t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  ["[\"staff\",\"all\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":{"0":"a","1":"b"}}}}
select t1."id" from "books" t1 where t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  ["[\"a\",\"b\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_between":[1]}}}
INVALID_QUERY "_between" takes two values.

-- admin: books {"fields":"id","filter":{"pages":{"_between":[1,null]}}}
INVALID_QUERY "_between" takes two values.

-- admin: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_USER.name"}}}
select t1."id" from "books" t1 where t1."title" = ? order by t1."id" limit ? + 0
  ["$CURRENT_USER.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE"}}}
select t1."id" from "books" t1 where t1."title" = ? order by t1."id" limit ? + 0
  ["staff",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE.name"}}}
select t1."id" from "books" t1 where t1."title" = ? order by t1."id" limit ? + 0
  ["$CURRENT_ROLE.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":["$CURRENT_ROLES","$CURRENT_ROLE.name"]}}}
select t1."id" from "books" t1 where t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  ["[\"staff\",\"all\",\"$CURRENT_ROLE.name\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_or":1}}
INVALID_QUERY "_or" takes a list of filters.

-- admin: books {"fields":"id","filter":{"_or":[1]}}
INVALID_QUERY A filter has to be an object.

-- admin: books {"fields":"id","filter":{"_and":{}}}
INVALID_QUERY "_and" takes a list of filters.

-- member: books {"fields":"id","filter":{"author":{"_eq":1}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."author" = ? order by t1."id" limit ? + 0
  [null,"shown",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."author" is null order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"name":{"_eq":"x"}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = ?) order by t1."id" limit ? + 0
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"name":{"_null":true}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" is null) or not exists (select 1 from "authors" t3 where t3."id" = t1."author" and t3."name" is not null)) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"_and":[{"author":{"name":{"_eq":"x"}}},{"author":{"id":{"_gt":1}}}]}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and (t2."name" = ? and t2."id" > ?)) order by t1."id" limit ? + 0
  [null,"shown","x",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"_some":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = ?) order by t1."id" limit ? + 0
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"_none":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and not exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = ?) order by t1."id" limit ? + 0
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."stars" > ?) order by t1."id" limit ? + 0
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_some":{"stars":{"_gt":1}},"_none":{"body":{"_null":true}}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."stars" > ?) and not exists (select 1 from "notes" t3 where t3."book" = t1."id" and t3."stars" >= ? and t3."body" is null)) order by t1."id" limit ? + 0
  [null,"shown",3,1,3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"_and":[{"notes":{"stars":{"_gt":1}}},{"notes":{"body":{"_eq":"x"}}}]}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and (t2."stars" > ? and t2."body" = ?)) order by t1."id" limit ? + 0
  [null,"shown",3,1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and not exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?) order by t1."id" limit ? + 0
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_nnull":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?) order by t1."id" limit ? + 0
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_empty":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and not exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?) order by t1."id" limit ? + 0
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_nempty":true}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?) order by t1."id" limit ? + 0
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_in":[1,2]}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."id" in (select value from json_each(?))) order by t1."id" limit ? + 0
  [null,"shown",3,"[1,2]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_and":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and (t2."stars" > ? and t2."body" = ?)) order by t1."id" limit ? + 0
  [null,"shown",3,1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_or":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and (t2."stars" > ? or t2."body" = ?)) order by t1."id" limit ? + 0
  [null,"shown",3,1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":1}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."id" = ?) order by t1."id" limit ? + 0
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"blocks":{"item:authors":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "blocks" t2 where t2."book" = t1."id" and exists (select 1 from "authors" t3 where cast(t3."id" as text) = t2."item" and t2."kind" = ? and t3."name" is not null and t3."name" = ?)) order by t1."id" limit ? + 0
  [null,"shown","authors","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"blocks":{"item:books":{"title":{"_eq":"x"}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"blocks":{"item:closed":{"name":{"_eq":"x"}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"blocks":{"item":{"_eq":"1"}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "blocks" t2 where t2."book" = t1."id" and t2."item" = ?) order by t1."id" limit ? + 0
  [null,"shown","1",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"blocks":{"item":{"name":{"_eq":"1"}}}}}
INVALID_QUERY "item" leads to several collections: name one, as in "item:collection".

-- member: books {"fields":"id","filter":{"author:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"title:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"$FOLLOW(notes,book)":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."stars" > ?) order by t1."id" limit ? + 0
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"$FOLLOW(notes, book)":{"_some":{"stars":{"_gt":1}}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? and t2."stars" > ?) order by t1."id" limit ? + 0
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"$FOLLOW(notes,stars)":{"stars":{"_gt":1}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"$FOLLOW(nothing,book)":{"stars":{"_gt":1}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"$FOLLOW(shelves,parent)":{"label":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"$FOLLOW(notes,book)":3}}
INVALID_QUERY $FOLLOW takes a filter.

-- member: books {"fields":"id","filter":{"$FOLLOW(notes)":{"stars":1}}}
INVALID_QUERY "$FOLLOW(notes)" is not a function call that is known.

-- member: books {"fields":"id","filter":{"author":{"books":{"author":{"books":{"title":{"_eq":"x"}}}}}}}
wide select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) and exists (select 1 from "authors" t4 where t4."id" = t3."author" and t4."name" is not null and exists (select 1 from "books" t5 where t5."author" = t4."id" and limen_spend() and (t5."author" = ? or t5."status" = ?) and t5."title" = ?)))) order by t1."id" limit ? + 0
  [null,"shown",null,"shown",null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"books":{"author":{"books":{"author":{"name":{"_eq":"x"}}}}}}}}
INVALID_QUERY The filter goes over more than 4 relations.

-- member: books {"fields":"id","filter":{"author":{"books":{"notes":{"stars":{"_gt":1}}}}}}
wide select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) and exists (select 1 from "notes" t4 where t4."book" = t3."id" and limen_spend() and t4."stars" >= ? and t4."stars" > ?))) order by t1."id" limit ? + 0
  [null,"shown",null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"_or":[{"author":{"books":{"title":{"_eq":"x"}}}},{"notes":{"book":{"notes":{"stars":1}}}}]}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and (exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) and t3."title" = ?)) or exists (select 1 from "notes" t4 where t4."book" = t1."id" and t4."stars" >= ? and exists (select 1 from "books" t5 where t5."id" = t4."book" and (t5."author" = ? or t5."status" = ?) and exists (select 1 from "notes" t6 where t6."book" = t5."id" and limen_spend() and t6."stars" >= ? and t6."stars" = ?)))) order by t1."id" limit ? + 0
  [null,"shown",null,"shown","x",3,null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"nothing":{"_eq":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"line":{"_eq":1}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"_eq":1}}
INVALID_QUERY "_eq" has to stand under a field.

-- member: books {"fields":"id","filter":{"title":["x"]}}
INVALID_QUERY A filter on a field takes operators, not a list.

-- member: books {"fields":"id","filter":{"title":{"_like":"x"}}}
INVALID_QUERY "_like" is not an operator.

-- member: books {"fields":"id","filter":{"title":{"like":"x"}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"title":{"_eq":["x"]}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" = ? order by t1."id" limit ? + 0
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_eq":["x","y"]}}}
INVALID_QUERY "_eq" takes one value, not a list.

-- member: books {"fields":"id","filter":{"title":{"_eq":{"a":1}}}}
INVALID_QUERY "_eq" takes a value, not an object.

-- member: books {"fields":"id","filter":{"title":{"_in":[]}}}
INVALID_QUERY "_in" can't be an empty list.

-- member: books {"fields":"id","filter":{"title":{"_in":[{"a":1}]}}}
INVALID_QUERY A list in a filter takes plain values only.

-- member: books {"fields":"id","filter":{"title":{"_in":"$CURRENT_ROLES"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  [null,"shown","[\"staff\",\"all\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_in":{"0":"a","1":"b"}}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  [null,"shown","[\"a\",\"b\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"pages":{"_between":[1]}}}
INVALID_QUERY "_between" takes two values.

-- member: books {"fields":"id","filter":{"pages":{"_between":[1,null]}}}
INVALID_QUERY "_between" takes two values.

-- member: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_USER.name"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" = ? order by t1."id" limit ? + 0
  [null,"shown","$CURRENT_USER.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" = ? order by t1."id" limit ? + 0
  [null,"shown","staff",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE.name"}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" = ? order by t1."id" limit ? + 0
  [null,"shown","$CURRENT_ROLE.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_in":["$CURRENT_ROLES","$CURRENT_ROLE.name"]}}}
select t1."id" from "books" t1 where (t1."author" = ? or t1."status" = ?) and t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  [null,"shown","[\"staff\",\"all\",\"$CURRENT_ROLE.name\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- member: books {"fields":"id","filter":{"_or":1}}
INVALID_QUERY "_or" takes a list of filters.

-- member: books {"fields":"id","filter":{"_or":[1]}}
INVALID_QUERY A filter has to be an object.

-- member: books {"fields":"id","filter":{"_and":{}}}
INVALID_QUERY "_and" takes a list of filters.
