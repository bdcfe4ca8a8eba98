-- an administrator
all

-- who reads all
all

-- who reads all but keys
none

-- who reads some keys
select t1."id"::text from jsonb_populate_recordset(null::"books", $1::jsonb) t1 where t1."live" = $2
  ["[{\"id\":1}]","true"]

-- a rule over columns
select t1."id"::text from jsonb_populate_recordset(null::"books", $1::jsonb) t1 where (t1."status" = $2 or floor(extract(year from t1."printed"))::int = $3::bigint)
  ["[{\"id\":1}]","a",2030]

-- three cases
select t1."id"::text from jsonb_populate_recordset(null::"books", $1::jsonb) t1 where (t1."status" = any($2::text[]) and case t1."status" when $3 then t1."pages" > $4::bigint when $5 then t1."pages" > $6::bigint when $7 then t1."pages" > $8::bigint else 1 = 0 end)
  ["[{\"id\":1}]","{\"s1\",\"s2\",\"s3\"}","s1",1,"s2",2,"s3",3]

-- three cases, one over a list that may be gone
none

-- a rule over what the item led to
select t1."id"::text from jsonb_populate_recordset(null::"books", $1::jsonb) t1 where exists (select 1 from "authors" t2 where t2."id" = t1."author" and t2."name" = $2)
  ["[{\"id\":1}]","a"]

-- a rule over what led to the item
select t1."id"::text from jsonb_populate_recordset(null::"books", $1::jsonb) t1 where exists (select 1 from "notes" t2 where t2."book" = t1."id" and t2."stars" = $2::bigint)
  ["[{\"id\":1}]",1]

-- a rule over what did not lead to the item
none

-- a rule over nothing that led to the item
none

-- one rule of two over nothing
none

-- a condition of two over nothing
none

-- nothing behind something
none

-- the number of what led to the item
none

-- the number of what a document holds
select t1."id"::text from jsonb_populate_recordset(null::"books", $1::jsonb) t1 where (case when json_typeof(t1."doc"::json) = 'array' then json_array_length(t1."doc"::json) when t1."doc" is not null then 0 end) < $2::bigint
  ["[{\"id\":1}]",1]
