-- admin: books {"fields":"id","filter":{"title":{"_eq":"a"}}}
select t1."id" from "books" t1 where t1."title" = $1 order by t1."id" limit $2
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":"a"}}
select t1."id" from "books" t1 where t1."title" = $1 order by t1."id" limit $2
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_neq":"a"}}}
select t1."id" from "books" t1 where t1."title" <> $1 order by t1."id" limit $2
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":null}}}
select t1."id" from "books" t1 where t1."title" is null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_neq":null}}}
select t1."id" from "books" t1 where t1."title" is not null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_lt":3,"_lte":4,"_gt":1,"_gte":2}}}
select t1."id" from "books" t1 where (t1."pages" < $1::bigint and t1."pages" <= $2::bigint and t1."pages" > $3::bigint and t1."pages" >= $4::bigint) order by t1."id" limit $5
  [3,4,1,2,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":["a","b"]}}}
select t1."id" from "books" t1 where t1."title" = any($1::text[]) order by t1."id" limit $2
  ["{\"a\",\"b\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":"a,b"}}}
select t1."id" from "books" t1 where t1."title" = any($1::text[]) order by t1."id" limit $2
  ["{\"a\",\"b\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nin":["a","$CURRENT_USER"]}}}
select t1."id" from "books" t1 where t1."title" <> all($1::text[]) order by t1."id" limit $2
  ["{\"a\",\"ann\"}",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_between":[1,5]}}}
select t1."id" from "books" t1 where t1."pages" between $1::bigint and $2::bigint order by t1."id" limit $3
  [1,5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_nbetween":"1,5"}}}
select t1."id" from "books" t1 where t1."pages" not between $1::bigint and $2::bigint order by t1."id" limit $3
  [1,5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_null":true}}}
select t1."id" from "books" t1 where t1."title" is null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_null":"false"}}}
select t1."id" from "books" t1 where t1."title" is not null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nnull":0}}}
select t1."id" from "books" t1 where t1."title" is null order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_empty":true}}}
select t1."id" from "books" t1 where (t1."title" is null or t1."title"::text in ('')) order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nempty":true}}}
select t1."id" from "books" t1 where t1."title"::text not in ('') order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nempty":"0"}}}
select t1."id" from "books" t1 where (t1."title" is null or t1."title"::text in ('')) order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_contains":"a%b"}}}
select t1."id" from "books" t1 where strpos(t1."title"::text, $1) > 0 order by t1."id" limit $2
  ["a%b",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_ncontains":"a"}}}
select t1."id" from "books" t1 where strpos(t1."title"::text, $1) = 0 order by t1."id" limit $2
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_icontains":"a"}}}
select t1."id" from "books" t1 where t1."title"::text ilike $1 escape '\' order by t1."id" limit $2
  ["%a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nicontains":"a"}}}
select t1."id" from "books" t1 where t1."title"::text not ilike $1 escape '\' order by t1."id" limit $2
  ["%a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_starts_with":"a"}}}
select t1."id" from "books" t1 where left(t1."title"::text, length($1::text)) = $2::text order by t1."id" limit $3
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nstarts_with":"a"}}}
select t1."id" from "books" t1 where left(t1."title"::text, length($1::text)) <> $2::text order by t1."id" limit $3
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_istarts_with":"a"}}}
select t1."id" from "books" t1 where t1."title"::text ilike $1 escape '\' order by t1."id" limit $2
  ["a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nistarts_with":"a"}}}
select t1."id" from "books" t1 where t1."title"::text not ilike $1 escape '\' order by t1."id" limit $2
  ["a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_ends_with":"a"}}}
select t1."id" from "books" t1 where right(t1."title"::text, length($1::text)) = $2::text order by t1."id" limit $3
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nends_with":"a"}}}
select t1."id" from "books" t1 where right(t1."title"::text, length($1::text)) <> $2::text order by t1."id" limit $3
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_iends_with":"a"}}}
select t1."id" from "books" t1 where t1."title"::text ilike $1 escape '\' order by t1."id" limit $2
  ["%a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_niends_with":"a"}}}
select t1."id" from "books" t1 where t1."title"::text not ilike $1 escape '\' order by t1."id" limit $2
  ["%a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_or":[{"_eq":"a"},{"_and":[{"_gt":"b"},{"_lt":"c"}]}]}}}
select t1."id" from "books" t1 where (t1."title" = $1 or (t1."title" > $2 and t1."title" < $3)) order by t1."id" limit $4
  ["a","b","c",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_or":[]}}}
select t1."id" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_or":[]}}
select t1."id" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":[]}}
select t1."id" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":{"0":{"title":{"_eq":"a"}},"1":{"pages":{"_eq":1}}}}}
select t1."id" from "books" t1 where (t1."title" = $1 and t1."pages" = $2::bigint) order by t1."id" limit $3
  ["a",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}
