-- admin: books {"fields":"id","filter":{"author":{"_eq":1}}}
select t1."id" from "books" t1 where t1."author" = $1::bigint order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"_null":true}}}
select t1."id" from "books" t1 where t1."author" is null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"name":{"_eq":"x"}}}}
select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = $1) order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"name":{"_null":true}}}}
select t1."id" from "books" t1 where (exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is null) or not exists (select 1 from "authors" t3 where t3."id" = t1."author")) order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":[{"author":{"name":{"_eq":"x"}}},{"author":{"id":{"_gt":1}}}]}}
select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and (t2."name" = $1 and t2."id" > $2::bigint)) order by t1."id" limit $3
  ["x",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"_some":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = $1) order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"_none":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where not exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = $1) order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > $1::bigint) order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_some":{"stars":{"_gt":1}},"_none":{"body":{"_null":true}}}}}
select t1."id" from "books" t1 where (exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > $1::bigint) and not exists (select 1 from "notes" t3 where t3."book" = t1."id" and t3."body" is null)) order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":[{"notes":{"stars":{"_gt":1}}},{"notes":{"body":{"_eq":"x"}}}]}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and (t2."stars" > $1::bigint and t2."body" = $2)) order by t1."id" limit $3
  [1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_null":true}}}
select t1."id" from "books" t1 where not exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_nnull":true}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_empty":true}}}
select t1."id" from "books" t1 where not exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_nempty":true}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id") order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_in":[1,2]}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."id" = any($1::bigint[])) order by t1."id" limit $2
  ["{\"1\",\"2\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_and":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and (t2."stars" > $1::bigint and t2."body" = $2)) order by t1."id" limit $3
  [1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":{"_or":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and (t2."stars" > $1::bigint or t2."body" = $2)) order by t1."id" limit $3
  [1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"notes":1}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."id" = $1::bigint) order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item:authors":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where exists (select 1 from "blocks" t2 where t2."book" = t1."id" and exists (select 1 from "authors" t3 where cast(t3."id" as text) = t2."item" and t2."kind" = $1 and t3."name" = $2)) order by t1."id" limit $3
  ["authors","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item:books":{"title":{"_eq":"x"}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"blocks":{"item:closed":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where exists (select 1 from "blocks" t2 where t2."book" = t1."id" and exists (select 1 from "closed" t3 where cast(t3."id" as text) = t2."item" and t2."kind" = $1 and t3."name" = $2)) order by t1."id" limit $3
  ["closed","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item":{"_eq":"1"}}}}
select t1."id" from "books" t1 where exists (select 1 from "blocks" t2 where t2."book" = t1."id" and t2."item" = $1) order by t1."id" limit $2
  ["1",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"blocks":{"item":{"name":{"_eq":"1"}}}}}
INVALID_QUERY "item" leads to several collections: name one, as in "item:collection".

-- admin: books {"fields":"id","filter":{"author:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"title:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes,book)":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > $1::bigint) order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"$FOLLOW(notes, book)":{"_some":{"stars":{"_gt":1}}}}}
select t1."id" from "books" t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" > $1::bigint) order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

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
wide select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and exists (select 1 from "authors" t4 where t4."id" = t3."author" and exists (select 1 from "books" t5 where t5."author" = t4."id" and t5."title" = $1)))) order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"author":{"books":{"author":{"books":{"author":{"name":{"_eq":"x"}}}}}}}}
INVALID_QUERY The filter goes over more than 4 relations.

-- admin: books {"fields":"id","filter":{"author":{"books":{"notes":{"stars":{"_gt":1}}}}}}
wide select t1."id" from "books" t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and exists (select 1 from "notes" t4 where t4."book" = t3."id" and t4."stars" > $1::bigint))) order by t1."id" limit $2
  [1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_or":[{"author":{"books":{"title":{"_eq":"x"}}}},{"notes":{"book":{"notes":{"stars":1}}}}]}}
select t1."id" from "books" t1 where (exists (select 1 from "authors" t2 where t2."id" = t1."author" and exists (select 1 from "books" t3 where t3."author" = t2."id" and t3."title" = $1)) or exists (select 1 from "notes" t4 where t4."book" = t1."id" and exists (select 1 from "books" t5 where t5."id" = t4."book" and exists (select 1 from "notes" t6 where t6."book" = t5."id" and t6."stars" = $2::bigint)))) order by t1."id" limit $3
  ["x",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

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
select t1."id" from "books" t1 where t1."title" = $1 order by t1."id" limit $2
  ["x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":["x","y"]}}}
INVALID_QUERY "_eq" takes one value, not a list.

-- admin: books {"fields":"id","filter":{"title":{"_eq":{"a":1}}}}
INVALID_QUERY "_eq" takes a value, not an object.

-- admin: books {"fields":"id","filter":{"title":{"_in":[]}}}
INVALID_QUERY "_in" can't be an empty list.

-- admin: books {"fields":"id","filter":{"title":{"_in":[{"a":1}]}}}
INVALID_QUERY A list in a filter takes plain values only.

-- admin: books {"fields":"id","filter":{"title":{"_in":"$CURRENT_ROLES"}}}
select t1."id" from "books" t1 where t1."title" = any($1::text[]) order by t1."id" limit $2
  ["{\"staff\",\"all\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":{"0":"a","1":"b"}}}}
select t1."id" from "books" t1 where t1."title" = any($1::text[]) order by t1."id" limit $2
  ["{\"a\",\"b\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_between":[1]}}}
INVALID_QUERY "_between" takes two values.

-- admin: books {"fields":"id","filter":{"pages":{"_between":[1,null]}}}
INVALID_QUERY "_between" takes two values.

-- admin: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_USER.name"}}}
select t1."id" from "books" t1 where t1."title" = $1 order by t1."id" limit $2
  ["$CURRENT_USER.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE"}}}
select t1."id" from "books" t1 where t1."title" = $1 order by t1."id" limit $2
  ["staff",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE.name"}}}
select t1."id" from "books" t1 where t1."title" = $1 order by t1."id" limit $2
  ["$CURRENT_ROLE.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":["$CURRENT_ROLES","$CURRENT_ROLE.name"]}}}
select t1."id" from "books" t1 where t1."title" = any($1::text[]) order by t1."id" limit $2
  ["{\"staff\",\"all\",\"$CURRENT_ROLE.name\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_or":1}}
INVALID_QUERY "_or" takes a list of filters.

-- admin: books {"fields":"id","filter":{"_or":[1]}}
INVALID_QUERY A filter has to be an object.

-- admin: books {"fields":"id","filter":{"_and":{}}}
INVALID_QUERY "_and" takes a list of filters.

-- member: books {"fields":"id","filter":{"author":{"_eq":1}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."author" = $3::bigint order by t1."id" limit $4
  [null,"shown",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."author" is null order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"name":{"_eq":"x"}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = $3) order by t1."id" limit $4
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"name":{"_null":true}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" is null) or not exists (select 1 from "authors" t3 where t3."id" = t1."author" and t3."name" is not null)) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"_and":[{"author":{"name":{"_eq":"x"}}},{"author":{"id":{"_gt":1}}}]}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and (t2."name" = $3 and t2."id" > $4::bigint)) order by t1."id" limit $5
  [null,"shown","x",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"_some":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = $3) order by t1."id" limit $4
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"_none":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and not exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and t2."name" = $3) order by t1."id" limit $4
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and t2."stars" > $4::bigint) order by t1."id" limit $5
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_some":{"stars":{"_gt":1}},"_none":{"body":{"_null":true}}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and t2."stars" > $4::bigint) and not exists (select 1 from "notes" t3 where t3."book" = t1."id" and t3."stars" >= $5::bigint and t3."body" is null)) order by t1."id" limit $6
  [null,"shown",3,1,3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"_and":[{"notes":{"stars":{"_gt":1}}},{"notes":{"body":{"_eq":"x"}}}]}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and (t2."stars" > $4::bigint and t2."body" = $5)) order by t1."id" limit $6
  [null,"shown",3,1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_null":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and not exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint) order by t1."id" limit $4
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_nnull":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint) order by t1."id" limit $4
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_empty":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and not exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint) order by t1."id" limit $4
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_nempty":true}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint) order by t1."id" limit $4
  [null,"shown",3,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_in":[1,2]}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and t2."id" = any($4::bigint[])) order by t1."id" limit $5
  [null,"shown",3,"{\"1\",\"2\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_and":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and (t2."stars" > $4::bigint and t2."body" = $5)) order by t1."id" limit $6
  [null,"shown",3,1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":{"_or":[{"stars":{"_gt":1}},{"body":{"_eq":"x"}}]}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and (t2."stars" > $4::bigint or t2."body" = $5)) order by t1."id" limit $6
  [null,"shown",3,1,"x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"notes":1}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and t2."id" = $4::bigint) order by t1."id" limit $5
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"blocks":{"item:authors":{"name":{"_eq":"x"}}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "blocks" t2 where t2."book" = t1."id" and exists (select 1 from "authors" t3 where cast(t3."id" as text) = t2."item" and t2."kind" = $3 and t3."name" is not null and t3."name" = $4)) order by t1."id" limit $5
  [null,"shown","authors","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"blocks":{"item:books":{"title":{"_eq":"x"}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"blocks":{"item:closed":{"name":{"_eq":"x"}}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"blocks":{"item":{"_eq":"1"}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "blocks" t2 where t2."book" = t1."id" and t2."item" = $3) order by t1."id" limit $4
  [null,"shown","1",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"blocks":{"item":{"name":{"_eq":"1"}}}}}
INVALID_QUERY "item" leads to several collections: name one, as in "item:collection".

-- member: books {"fields":"id","filter":{"author:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"title:authors":{"name":{"_eq":"x"}}}}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"id","filter":{"$FOLLOW(notes,book)":{"stars":{"_gt":1}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and t2."stars" > $4::bigint) order by t1."id" limit $5
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"$FOLLOW(notes, book)":{"_some":{"stars":{"_gt":1}}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint and t2."stars" > $4::bigint) order by t1."id" limit $5
  [null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

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
wide select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and (t3."author" = $3::bigint or t3."status" = $4) and exists (select 1 from "authors" t4 where t4."id" = t3."author" and t4."name" is not null and exists (select 1 from "books" t5 where t5."author" = t4."id" and (t5."author" = $5::bigint or t5."status" = $6) and t5."title" = $7)))) order by t1."id" limit $8
  [null,"shown",null,"shown",null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"author":{"books":{"author":{"books":{"author":{"name":{"_eq":"x"}}}}}}}}
INVALID_QUERY The filter goes over more than 4 relations.

-- member: books {"fields":"id","filter":{"author":{"books":{"notes":{"stars":{"_gt":1}}}}}}
wide select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and (t3."author" = $3::bigint or t3."status" = $4) and exists (select 1 from "notes" t4 where t4."book" = t3."id" and t4."stars" >= $5::bigint and t4."stars" > $6::bigint))) order by t1."id" limit $7
  [null,"shown",null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"_or":[{"author":{"books":{"title":{"_eq":"x"}}}},{"notes":{"book":{"notes":{"stars":1}}}}]}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and (exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" is not null and exists (select 1 from "books" t3 where t3."author" = t2."id" and (t3."author" = $3::bigint or t3."status" = $4) and t3."title" = $5)) or exists (select 1 from "notes" t4 where t4."book" = t1."id" and t4."stars" >= $6::bigint and exists (select 1 from "books" t5 where t5."id" = t4."book" and (t5."author" = $7::bigint or t5."status" = $8) and exists (select 1 from "notes" t6 where t6."book" = t5."id" and t6."stars" >= $9::bigint and t6."stars" = $10::bigint)))) order by t1."id" limit $11
  [null,"shown",null,"shown","x",3,null,"shown",3,1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

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
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = $3 order by t1."id" limit $4
  [null,"shown","x",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_eq":["x","y"]}}}
INVALID_QUERY "_eq" takes one value, not a list.

-- member: books {"fields":"id","filter":{"title":{"_eq":{"a":1}}}}
INVALID_QUERY "_eq" takes a value, not an object.

-- member: books {"fields":"id","filter":{"title":{"_in":[]}}}
INVALID_QUERY "_in" can't be an empty list.

-- member: books {"fields":"id","filter":{"title":{"_in":[{"a":1}]}}}
INVALID_QUERY A list in a filter takes plain values only.

-- member: books {"fields":"id","filter":{"title":{"_in":"$CURRENT_ROLES"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = any($3::text[]) order by t1."id" limit $4
  [null,"shown","{\"staff\",\"all\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_in":{"0":"a","1":"b"}}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = any($3::text[]) order by t1."id" limit $4
  [null,"shown","{\"a\",\"b\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"pages":{"_between":[1]}}}
INVALID_QUERY "_between" takes two values.

-- member: books {"fields":"id","filter":{"pages":{"_between":[1,null]}}}
INVALID_QUERY "_between" takes two values.

-- member: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_USER.name"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = $3 order by t1."id" limit $4
  [null,"shown","$CURRENT_USER.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = $3 order by t1."id" limit $4
  [null,"shown","staff",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_eq":"$CURRENT_ROLE.name"}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = $3 order by t1."id" limit $4
  [null,"shown","$CURRENT_ROLE.name",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"title":{"_in":["$CURRENT_ROLES","$CURRENT_ROLE.name"]}}}
select t1."id" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) and t1."title" = any($3::text[]) order by t1."id" limit $4
  [null,"shown","{\"staff\",\"all\",\"$CURRENT_ROLE.name\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id","filter":{"_or":1}}
INVALID_QUERY "_or" takes a list of filters.

-- member: books {"fields":"id","filter":{"_or":[1]}}
INVALID_QUERY A filter has to be an object.

-- member: books {"fields":"id","filter":{"_and":{}}}
INVALID_QUERY "_and" takes a list of filters.
