-- admin: books {"fields":"id","filter":{"title":{"_eq":"a"}}}
select t1."id" from "books" t1 where t1."title" = ? order by t1."id" limit ? + 0
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":"a"}}
select t1."id" from "books" t1 where t1."title" = ? order by t1."id" limit ? + 0
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_neq":"a"}}}
select t1."id" from "books" t1 where t1."title" <> ? order by t1."id" limit ? + 0
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_eq":null}}}
select t1."id" from "books" t1 where t1."title" is null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_neq":null}}}
select t1."id" from "books" t1 where t1."title" is not null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_lt":3,"_lte":4,"_gt":1,"_gte":2}}}
select t1."id" from "books" t1 where (t1."pages" < ? and t1."pages" <= ? and t1."pages" > ? and t1."pages" >= ?) order by t1."id" limit ? + 0
  [3,4,1,2,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":["a","b"]}}}
select t1."id" from "books" t1 where t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  ["[\"a\",\"b\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_in":"a,b"}}}
select t1."id" from "books" t1 where t1."title" in (select value from json_each(?)) order by t1."id" limit ? + 0
  ["[\"a\",\"b\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nin":["a","$CURRENT_USER"]}}}
select t1."id" from "books" t1 where t1."title" not in (select value from json_each(?)) order by t1."id" limit ? + 0
  ["[\"a\",\"ann\"]",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_between":[1,5]}}}
select t1."id" from "books" t1 where t1."pages" between ? and ? order by t1."id" limit ? + 0
  [1,5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"pages":{"_nbetween":"1,5"}}}
select t1."id" from "books" t1 where t1."pages" not between ? and ? order by t1."id" limit ? + 0
  [1,5,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_null":true}}}
select t1."id" from "books" t1 where t1."title" is null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_null":"false"}}}
select t1."id" from "books" t1 where t1."title" is not null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nnull":0}}}
select t1."id" from "books" t1 where t1."title" is null order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_empty":true}}}
select t1."id" from "books" t1 where (t1."title" is null or t1."title" in ('')) order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nempty":true}}}
select t1."id" from "books" t1 where t1."title" not in ('') order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nempty":"0"}}}
select t1."id" from "books" t1 where (t1."title" is null or t1."title" in ('')) order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_contains":"a%b"}}}
select t1."id" from "books" t1 where instr(t1."title", ?) > 0 order by t1."id" limit ? + 0
  ["a%b",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_ncontains":"a"}}}
select t1."id" from "books" t1 where instr(t1."title", ?) = 0 order by t1."id" limit ? + 0
  ["a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_icontains":"a"}}}
select t1."id" from "books" t1 where t1."title" like ? escape '\' order by t1."id" limit ? + 0
  ["%a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nicontains":"a"}}}
select t1."id" from "books" t1 where t1."title" not like ? escape '\' order by t1."id" limit ? + 0
  ["%a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_starts_with":"a"}}}
select t1."id" from "books" t1 where substr(t1."title", 1, length(?)) = ? order by t1."id" limit ? + 0
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nstarts_with":"a"}}}
select t1."id" from "books" t1 where substr(t1."title", 1, length(?)) <> ? order by t1."id" limit ? + 0
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_istarts_with":"a"}}}
select t1."id" from "books" t1 where t1."title" like ? escape '\' order by t1."id" limit ? + 0
  ["a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nistarts_with":"a"}}}
select t1."id" from "books" t1 where t1."title" not like ? escape '\' order by t1."id" limit ? + 0
  ["a%",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_ends_with":"a"}}}
select t1."id" from "books" t1 where substr(t1."title", length(t1."title") - length(?) + 1) = ? order by t1."id" limit ? + 0
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_nends_with":"a"}}}
select t1."id" from "books" t1 where substr(t1."title", length(t1."title") - length(?) + 1) <> ? order by t1."id" limit ? + 0
  ["a","a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_iends_with":"a"}}}
select t1."id" from "books" t1 where t1."title" like ? escape '\' order by t1."id" limit ? + 0
  ["%a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_niends_with":"a"}}}
select t1."id" from "books" t1 where t1."title" not like ? escape '\' order by t1."id" limit ? + 0
  ["%a",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_or":[{"_eq":"a"},{"_and":[{"_gt":"b"},{"_lt":"c"}]}]}}}
select t1."id" from "books" t1 where (t1."title" = ? or (t1."title" > ? and t1."title" < ?)) order by t1."id" limit ? + 0
  ["a","b","c",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"title":{"_or":[]}}}
select t1."id" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_or":[]}}
select t1."id" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":[]}}
select t1."id" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}

-- admin: books {"fields":"id","filter":{"_and":{"0":{"title":{"_eq":"a"}},"1":{"pages":{"_eq":1}}}}}
select t1."id" from "books" t1 where (t1."title" = ? and t1."pages" = ?) order by t1."id" limit ? + 0
  ["a",1,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}
