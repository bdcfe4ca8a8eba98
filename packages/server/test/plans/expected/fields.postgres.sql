-- admin: books {}
select t1."id", t1."title", t1."status", t1."price", t1."sold", t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", to_jsonb(t1."odd"), t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, t1."author", t1."shelf", t1."keeper", t1."grant", (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id" limit $1) t3), (select coalesce(json_agg(t5.c0), '[]') from (select t4."id" as c0 from "blocks" t4 where t4."book" = t1."id" order by t4."id" limit $2) t5) from (select t6.* from "books" t6 order by t6."id" limit $3) t1
  [100,100,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"value","key":"author","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"shelf","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"keeper","decode":null},{"kind":"value","key":"grant","decode":[1,1,null,null,1893553445000]},{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]},{"kind":"keys","key":"blocks","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":"id,title"}
select t1."id", t1."title" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null}],"chunk":null}

-- admin: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["author.name","author.id"]}
select (select json_build_array(t2."name", t2."id") from "authors" t2 where t2."id" = t1."author" limit 1) from (select t3.* from "books" t3 order by t3."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":null},{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.*"]}
select (select json_build_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" order by t3."id" limit $1) t4)) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit $2) t1
  [100,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"value","key":"born","decode":null},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["*","author.*","notes.*"]}
select t1."id", t1."title", t1."status", t1."price", t1."sold", t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", to_jsonb(t1."odd"), t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, (select json_build_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" order by t3."id" limit $1) t4)) from "authors" t2 where t2."id" = t1."author" limit 1), t1."shelf", t1."keeper", t1."grant", (select coalesce(json_agg(json_build_array(t6.c0, t6.c1, t6.c2, t6.c3, t6.c4)), '[]') from (select t5."id" as c0, t5."body" as c1, t5."stars" as c2, t5."place" as c3, t5."book" as c4 from "notes" t5 where t5."book" = t1."id" order by t5."place" nulls first, t5."id" limit $2) t6), (select coalesce(json_agg(t8.c0), '[]') from (select t7."id" as c0 from "blocks" t7 where t7."book" = t1."id" order by t7."id" limit $3) t8) from (select t9.* from "books" t9 order by t9."id" limit $4) t1
  [100,100,100,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"value","key":"born","decode":null},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"value","key":"shelf","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"keeper","decode":null},{"kind":"value","key":"grant","decode":[1,1,null,null,1893553445000]},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"keys","key":"blocks","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["*.*"],"limit":5}
select t1."id", t1."title", t1."status", t1."price", t1."sold", t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", to_jsonb(t1."odd"), t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, (select json_build_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" order by t3."id" limit $1) t4)) from "authors" t2 where t2."id" = t1."author" limit 1), (select json_build_array(t5."id", t5."label", t5."parent", (select coalesce(json_agg(t7.c0), '[]') from (select t6."id" as c0 from "shelves" t6 where t6."parent" = t5."id" order by t6."id" limit $2) t7)) from "shelves" t5 where t5."id" = t1."shelf" limit 1), (select json_build_array(t8."id", t8."first_name", t8."last_name", t8."email", case when t8."password" is null then null else 1 end, t8."location", t8."title", t8."description", t8."tags", t8."avatar", t8."language", case when t8."tfa_secret" is null then null else 1 end, t8."status", t8."role", case when t8."token" is null then null else 1 end, t8."last_access", t8."last_page", t8."provider", t8."external_identifier", case when t8."auth_data" is null then null else 1 end, t8."email_notifications", t8."appearance", t8."theme_dark", t8."theme_light", t8."theme_light_overrides", t8."theme_dark_overrides", t8."text_direction", (select coalesce(json_agg(t10.c0), '[]') from (select t9."id" as c0 from "directus_access" t9 where t9."user" = t8."id" order by t9."id" limit $3) t10)) from "directus_users" t8 where t8."id" = t1."keeper" limit 1), (select json_build_array(t11."id", t11."collection", t11."action", t11."permissions", t11."validation", t11."presets", t11."fields", t11."policy") from "directus_permissions" t11 where t11."id" = t1."grant" limit 1), (select coalesce(json_agg(json_build_array(t13.c0, t13.c1, t13.c2, t13.c3, t13.c4)), '[]') from (select t12."id" as c0, t12."body" as c1, t12."stars" as c2, t12."place" as c3, t12."book" as c4 from "notes" t12 where t12."book" = t1."id" order by t12."place" nulls first, t12."id" limit $4) t13), (select coalesce(json_agg(json_build_array(t15.c0, t15.c1, t15.c2, t15.c3)), '[]') from (select t14."id" as c0, t14."item" as c1, t14."kind" as c2, t14."book" as c3 from "blocks" t14 where t14."book" = t1."id" order by t14."id" limit $5) t15) from (select t16.* from "books" t16 order by t16."id" limit $6) t1
  [100,100,100,100,100,5]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"value","key":"born","decode":null},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"label","decode":null},{"kind":"value","key":"parent","decode":[1,1,null,null,1893553445000]},{"kind":"keys","key":"children","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"one","key":"keeper","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"first_name","decode":null},{"kind":"value","key":"last_name","decode":null},{"kind":"value","key":"email","decode":null},{"kind":"concealed","key":"password"},{"kind":"value","key":"location","decode":null},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"description","decode":null},{"kind":"value","key":"tags","decode":null},{"kind":"value","key":"avatar","decode":null},{"kind":"value","key":"language","decode":null},{"kind":"concealed","key":"tfa_secret"},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"role","decode":null},{"kind":"concealed","key":"token"},{"kind":"value","key":"last_access","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"last_page","decode":null},{"kind":"value","key":"provider","decode":null},{"kind":"value","key":"external_identifier","decode":null},{"kind":"concealed","key":"auth_data"},{"kind":"value","key":"email_notifications","decode":null},{"kind":"value","key":"appearance","decode":null},{"kind":"value","key":"theme_dark","decode":null},{"kind":"value","key":"theme_light","decode":null},{"kind":"value","key":"theme_light_overrides","decode":null},{"kind":"value","key":"theme_dark_overrides","decode":null},{"kind":"value","key":"text_direction","decode":null},{"kind":"keys","key":"policies","decode":null}],"chunk":null}},{"kind":"one","key":"grant","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"collection","decode":null},{"kind":"value","key":"action","decode":null},{"kind":"value","key":"permissions","decode":null},{"kind":"value","key":"validation","decode":null},{"kind":"value","key":"presets","decode":null},{"kind":"value","key":"fields","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"policy","decode":null}],"chunk":null}},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"item","decode":null},{"kind":"value","key":"kind","decode":null},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["*.*"],"backlink":"false"}
select t1."id", t1."title", t1."status", t1."price", t1."sold", t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", to_jsonb(t1."odd"), t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, (select json_build_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" order by t3."id" limit $1) t4)) from "authors" t2 where t2."id" = t1."author" limit 1), (select json_build_array(t5."id", t5."label", t5."parent", (select coalesce(json_agg(t7.c0), '[]') from (select t6."id" as c0 from "shelves" t6 where t6."parent" = t5."id" order by t6."id" limit $2) t7)) from "shelves" t5 where t5."id" = t1."shelf" limit 1), (select json_build_array(t8."id", t8."first_name", t8."last_name", t8."email", case when t8."password" is null then null else 1 end, t8."location", t8."title", t8."description", t8."tags", t8."avatar", t8."language", case when t8."tfa_secret" is null then null else 1 end, t8."status", t8."role", case when t8."token" is null then null else 1 end, t8."last_access", t8."last_page", t8."provider", t8."external_identifier", case when t8."auth_data" is null then null else 1 end, t8."email_notifications", t8."appearance", t8."theme_dark", t8."theme_light", t8."theme_light_overrides", t8."theme_dark_overrides", t8."text_direction", (select coalesce(json_agg(t10.c0), '[]') from (select t9."id" as c0 from "directus_access" t9 where t9."user" = t8."id" order by t9."id" limit $3) t10)) from "directus_users" t8 where t8."id" = t1."keeper" limit 1), (select json_build_array(t11."id", t11."collection", t11."action", t11."permissions", t11."validation", t11."presets", t11."fields", t11."policy") from "directus_permissions" t11 where t11."id" = t1."grant" limit 1), (select coalesce(json_agg(json_build_array(t13.c0, t13.c1, t13.c2, t13.c3, t13.c4)), '[]') from (select t12."id" as c0, t12."body" as c1, t12."stars" as c2, t12."place" as c3, t12."book" as c4 from "notes" t12 where t12."book" = t1."id" order by t12."place" nulls first, t12."id" limit $4) t13), (select coalesce(json_agg(json_build_array(t15.c0, t15.c1, t15.c2, t15.c3)), '[]') from (select t14."id" as c0, t14."item" as c1, t14."kind" as c2, t14."book" as c3 from "blocks" t14 where t14."book" = t1."id" order by t14."id" limit $5) t15) from (select t16.* from "books" t16 order by t16."id" limit $6) t1
  [100,100,100,100,100,100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"value","key":"born","decode":null},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"label","decode":null},{"kind":"value","key":"parent","decode":[1,1,null,null,1893553445000]},{"kind":"keys","key":"children","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"one","key":"keeper","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"first_name","decode":null},{"kind":"value","key":"last_name","decode":null},{"kind":"value","key":"email","decode":null},{"kind":"concealed","key":"password"},{"kind":"value","key":"location","decode":null},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"description","decode":null},{"kind":"value","key":"tags","decode":null},{"kind":"value","key":"avatar","decode":null},{"kind":"value","key":"language","decode":null},{"kind":"concealed","key":"tfa_secret"},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"role","decode":null},{"kind":"concealed","key":"token"},{"kind":"value","key":"last_access","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"last_page","decode":null},{"kind":"value","key":"provider","decode":null},{"kind":"value","key":"external_identifier","decode":null},{"kind":"concealed","key":"auth_data"},{"kind":"value","key":"email_notifications","decode":null},{"kind":"value","key":"appearance","decode":null},{"kind":"value","key":"theme_dark","decode":null},{"kind":"value","key":"theme_light","decode":null},{"kind":"value","key":"theme_light_overrides","decode":null},{"kind":"value","key":"theme_dark_overrides","decode":null},{"kind":"value","key":"text_direction","decode":null},{"kind":"keys","key":"policies","decode":null}],"chunk":null}},{"kind":"one","key":"grant","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"collection","decode":null},{"kind":"value","key":"action","decode":null},{"kind":"value","key":"permissions","decode":null},{"kind":"value","key":"validation","decode":null},{"kind":"value","key":"presets","decode":null},{"kind":"value","key":"fields","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"policy","decode":null}],"chunk":null}},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"item","decode":null},{"kind":"value","key":"kind","decode":null},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["shelf.parent.parent.label"]}
select (select json_build_array((select json_build_array((select json_build_array(t4."label") from "shelves" t4 where t4."id" = t3."parent" limit 1)) from "shelves" t3 where t3."id" = t2."parent" limit 1)) from "shelves" t2 where t2."id" = t1."shelf" limit 1) from (select t5.* from "books" t5 order by t5."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["shelf.parent.parent.parent.label"]}
select (select json_build_array((select json_build_array((select json_build_array((select json_build_array(t5."label") from "shelves" t5 where t5."id" = t4."parent" limit 1)) from "shelves" t4 where t4."id" = t3."parent" limit 1)) from "shelves" t3 where t3."id" = t2."parent" limit 1)) from "shelves" t2 where t2."id" = t1."shelf" limit 1) from (select t6.* from "books" t6 order by t6."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
select to_jsonb(t1."odd"), t1."raw", (select json_build_array((select coalesce(json_agg(json_build_array(t4.c0, t4.c1, t4.c2, t4.c3)), '[]') from (select to_jsonb(t3."odd") as c0, t3."raw" as c1, (t3."sold")::text as c2, t3."price" as c3 from "books" t3 where t3."author" = t2."id" order by t3."id" limit $1) t4)) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit $2) t1
  [100,100]
  → {"outputs":[{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["shelf.parent.parent.parent.parent.label"]}
INVALID_QUERY "fields" goes over more than 4 relations.

-- admin: books {"fields":["notes"]}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id" limit $1) t3) from (select t4.* from "books" t4 order by t4."id" limit $2) t1
  [100,100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["notes.body","notes.book.title"]}
select (select coalesce(json_agg(json_build_array(t3.c0, t3.c1)), '[]') from (select t2."body" as c0, (select json_build_array(t4."title") from "books" t4 where t4."id" = t2."book" limit 1) as c1 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."id" limit $1) t3) from (select t5.* from "books" t5 order by t5."id" limit $2) t1
  [100,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null},{"kind":"one","key":"book","shape":{"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."item" as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $1) t3) from (select t4.* from "books" t4 order by t4."id" limit $2) t1
  [100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"item","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
select (select coalesce(json_agg(json_build_array(t3.c0, t3.c1)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 limit 1), (select json_build_array(t5."id", t5."body", t5."stars", t5."place", t5."book") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = $2 limit 1)) as c0, t2."kind" as c1 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t6.* from "books" t6 order by t6."id" limit $4) t1
  ["authors","notes",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}],"decode":null},{"kind":"value","key":"kind","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:closed.name"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."name") from "closed" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $2) t3) from (select t5.* from "books" t5 order by t5."id" limit $3) t1
  ["closed",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:books.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["blocks.item:authors"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."id", t4."name", t4."born", case when t4."seed" is null then null else 1 end, (select coalesce(json_agg(t6.c0), '[]') from (select t5."id" as c0 from "books" t5 where t5."author" = t4."id" order by t5."id" limit $1) t6)) from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $2 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $3) t3) from (select t7.* from "books" t7 order by t7."id" limit $4) t1
  [100,"authors",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"value","key":"born","decode":null},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["blocks.item.id"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."id") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 limit 1), (select json_build_array(t5."id") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = $2 limit 1), (select json_build_array(t6."id") from "closed" t6 where cast(t6."id" as text) = t2."item" and t2."kind" = $3 limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $4) t3) from (select t7.* from "books" t7 order by t7."id" limit $5) t1
  ["authors","notes","closed",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
select floor(extract(year from t1."printed"))::int, (select count(*) from "notes" t2 where t2."book" = t1."id"), (t1."doc" -> $1::text -> $2::text -> $3::int), floor(extract(dow from t1."updated"))::int, floor(extract(hour from t1."opens"))::int from (select t3.* from "books" t3 order by t3."id" limit $4) t1
  ["a","b",0,100]
  → {"outputs":[{"kind":"value","key":"printed_year","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"notes_count","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"doc_a_b_0_json","decode":null},{"kind":"value","key":"updated_weekday","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"opens_hour","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["count(doc)"]}
select (case when json_typeof(t1."doc"::json) = 'array' then json_array_length(t1."doc"::json) when t1."doc" is not null then 0 end) from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"value","key":"doc_count","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- admin: books {"fields":["json(doc, a.b.c)"]}
select (t1."doc" -> $1::text -> $2::text -> $3::text) from "books" t1 order by t1."id" limit $4
  ["a","b","c",100]
  → {"outputs":[{"kind":"value","key":"doc_a_b_c_json","decode":null}],"chunk":null}

-- admin: books {"fields":["json(doc, a.b.c.d)"]}
INVALID_QUERY "fields" goes more than 3 steps into "doc".

-- admin: books {"fields":["json(title, a)"]}
INVALID_QUERY json() needs a field of type json, and "title" is none.

-- admin: books {"fields":["count(title)"]}
INVALID_QUERY count() needs a list, and "title" is none.

-- admin: books {"fields":["year(opens)"]}
INVALID_QUERY year() does not fit the type of "opens".

-- admin: books {"fields":["hour(live)"]}
INVALID_QUERY hour() does not fit the type of "live".

-- admin: books {"fields":["year(seed)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["year(printed).x"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["year(author.born)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["seed","hidden"]}
select case when t1."seed" is null then null else 1 end, t1."hidden" from "books" t1 order by t1."id" limit $1
  [100]
  → {"outputs":[{"kind":"concealed","key":"seed"},{"kind":"value","key":"hidden","decode":null}],"chunk":null}

-- admin: books {"fields":["author.seed"]}
select (select json_build_array(case when t2."seed" is null then null else 1 end) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t3.* from "books" t3 order by t3."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"concealed","key":"seed"}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["keeper","grant","keeper.id","grant.*"]}
select (select json_build_array(t2."id") from "directus_users" t2 where t2."id" = t1."keeper" limit 1), (select json_build_array(t3."id", t3."collection", t3."action", t3."permissions", t3."validation", t3."presets", t3."fields", t3."policy") from "directus_permissions" t3 where t3."id" = t1."grant" limit 1) from (select t4.* from "books" t4 order by t4."id" limit $1) t1
  [100]
  → {"outputs":[{"kind":"one","key":"keeper","shape":{"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}},{"kind":"one","key":"grant","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"collection","decode":null},{"kind":"value","key":"action","decode":null},{"kind":"value","key":"permissions","decode":null},{"kind":"value","key":"validation","decode":null},{"kind":"value","key":"presets","decode":null},{"kind":"value","key":"fields","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"policy","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.count(book)"]}
INVALID_QUERY count() needs a list, and "book" is none.

-- member: books {}
select t1."id", t1."title", (case when t1."author" = $1::bigint then t1."status" end), (case when t1."author" = $2::bigint then t1."price" end), (case when t1."author" = $3::bigint then t1."sold" end), (case when t1."author" = $4::bigint then t1."weight" end), (case when t1."author" = $5::bigint then t1."pages" end), (case when t1."author" = $6::bigint then t1."printed" end), t1."updated", (case when t1."author" = $7::bigint then t1."opens" end), (case when t1."author" = $8::bigint then t1."live" end), t1."doc", (case when t1."author" = $9::bigint then t1."labels" end), (case when t1."author" = $10::bigint then t1."ref" end), (case when t1."author" = $11::bigint then t1."place" end), to_jsonb((case when t1."author" = $12::bigint then t1."odd" end)), (case when t1."author" = $13::bigint then t1."raw" end), (case when t1."author" = $14::bigint then t1."hidden" end), case when (case when t1."author" = $15::bigint then t1."seed" end) is null then null else 1 end, t1."author", (case when t1."author" = $16::bigint then t1."shelf" end), (case when t1."author" = $17::bigint then t1."keeper" end), (case when t1."author" = $18::bigint then t1."grant" end), (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $19::bigint order by t2."place" nulls first, t2."id" limit $20) t3), (select coalesce(json_agg(t5.c0), '[]') from (select t4."id" as c0 from "blocks" t4 where t4."book" = t1."id" order by t4."id" limit $21) t5) from (select t6.* from "books" t6 where (t6."author" = $22::bigint or t6."status" = $23) order by t6."id" limit $24) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,3,100,100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"value","key":"author","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"shelf","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"keeper","decode":null},{"kind":"value","key":"grant","decode":[1,1,null,null,1893553445000]},{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]},{"kind":"keys","key":"blocks","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":"id,title"}
select t1."id", t1."title" from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null}],"chunk":null}

-- member: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["author.name","author.id"]}
select (select json_build_array(t2."name", t2."id") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t3.* from "books" t3 where (t3."author" = $1::bigint or t3."status" = $2) order by t3."id" limit $3) t1
  [null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":null},{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author.*"]}
select (select json_build_array(t2."id", t2."name", (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and (t3."author" = $1::bigint or t3."status" = $2) order by t3."id" limit $3) t4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t5.* from "books" t5 where (t5."author" = $4::bigint or t5."status" = $5) order by t5."id" limit $6) t1
  [null,"shown",100,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["*","author.*","notes.*"]}
select t1."id", t1."title", (case when t1."author" = $1::bigint then t1."status" end), (case when t1."author" = $2::bigint then t1."price" end), (case when t1."author" = $3::bigint then t1."sold" end), (case when t1."author" = $4::bigint then t1."weight" end), (case when t1."author" = $5::bigint then t1."pages" end), (case when t1."author" = $6::bigint then t1."printed" end), t1."updated", (case when t1."author" = $7::bigint then t1."opens" end), (case when t1."author" = $8::bigint then t1."live" end), t1."doc", (case when t1."author" = $9::bigint then t1."labels" end), (case when t1."author" = $10::bigint then t1."ref" end), (case when t1."author" = $11::bigint then t1."place" end), to_jsonb((case when t1."author" = $12::bigint then t1."odd" end)), (case when t1."author" = $13::bigint then t1."raw" end), (case when t1."author" = $14::bigint then t1."hidden" end), case when (case when t1."author" = $15::bigint then t1."seed" end) is null then null else 1 end, (select json_build_array(t2."id", t2."name", (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and (t3."author" = $16::bigint or t3."status" = $17) order by t3."id" limit $18) t4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), (case when t1."author" = $19::bigint then t1."shelf" end), (case when t1."author" = $20::bigint then t1."keeper" end), (case when t1."author" = $21::bigint then t1."grant" end), (select coalesce(json_agg(json_build_array(t6.c0, t6.c1, t6.c2, t6.c3, t6.c4)), '[]') from (select t5."id" as c0, t5."body" as c1, t5."stars" as c2, t5."place" as c3, t5."book" as c4 from "notes" t5 where t5."book" = t1."id" and t5."stars" >= $22::bigint order by t5."place" nulls first, t5."id" limit $23) t6), (select coalesce(json_agg(t8.c0), '[]') from (select t7."id" as c0 from "blocks" t7 where t7."book" = t1."id" order by t7."id" limit $24) t8) from (select t9.* from "books" t9 where (t9."author" = $25::bigint or t9."status" = $26) order by t9."id" limit $27) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"shown",100,null,null,null,3,100,100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"value","key":"shelf","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"keeper","decode":null},{"kind":"value","key":"grant","decode":[1,1,null,null,1893553445000]},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"keys","key":"blocks","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["*.*"],"limit":5}
select t1."id", t1."title", (case when t1."author" = $1::bigint then t1."status" end), (case when t1."author" = $2::bigint then t1."price" end), (case when t1."author" = $3::bigint then t1."sold" end), (case when t1."author" = $4::bigint then t1."weight" end), (case when t1."author" = $5::bigint then t1."pages" end), (case when t1."author" = $6::bigint then t1."printed" end), t1."updated", (case when t1."author" = $7::bigint then t1."opens" end), (case when t1."author" = $8::bigint then t1."live" end), t1."doc", (case when t1."author" = $9::bigint then t1."labels" end), (case when t1."author" = $10::bigint then t1."ref" end), (case when t1."author" = $11::bigint then t1."place" end), to_jsonb((case when t1."author" = $12::bigint then t1."odd" end)), (case when t1."author" = $13::bigint then t1."raw" end), (case when t1."author" = $14::bigint then t1."hidden" end), case when (case when t1."author" = $15::bigint then t1."seed" end) is null then null else 1 end, (select json_build_array(t2."id", t2."name", (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and (t3."author" = $16::bigint or t3."status" = $17) order by t3."id" limit $18) t4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), (select json_build_array(t5."id", t5."label", t5."parent") from "shelves" t5 where t5."id" = t1."shelf" and t1."author" = $19::bigint limit 1), (case when t1."author" = $20::bigint then t1."keeper" end), (case when t1."author" = $21::bigint then t1."grant" end), (select coalesce(json_agg(json_build_array(t7.c0, t7.c1, t7.c2, t7.c3, t7.c4)), '[]') from (select t6."id" as c0, t6."body" as c1, t6."stars" as c2, t6."place" as c3, t6."book" as c4 from "notes" t6 where t6."book" = t1."id" and t6."stars" >= $22::bigint order by t6."place" nulls first, t6."id" limit $23) t7), (select coalesce(json_agg(json_build_array(t9.c0, t9.c1, t9.c2, t9.c3)), '[]') from (select t8."id" as c0, t8."item" as c1, t8."kind" as c2, t8."book" as c3 from "blocks" t8 where t8."book" = t1."id" order by t8."id" limit $24) t9) from (select t10.* from "books" t10 where (t10."author" = $25::bigint or t10."status" = $26) order by t10."id" limit $27) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"shown",100,null,null,null,3,100,100,null,"shown",5]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"label","decode":null},{"kind":"value","key":"parent","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"value","key":"keeper","decode":null},{"kind":"value","key":"grant","decode":[1,1,null,null,1893553445000]},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"item","decode":null},{"kind":"value","key":"kind","decode":null},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["*.*"],"backlink":"false"}
select t1."id", t1."title", (case when t1."author" = $1::bigint then t1."status" end), (case when t1."author" = $2::bigint then t1."price" end), (case when t1."author" = $3::bigint then t1."sold" end), (case when t1."author" = $4::bigint then t1."weight" end), (case when t1."author" = $5::bigint then t1."pages" end), (case when t1."author" = $6::bigint then t1."printed" end), t1."updated", (case when t1."author" = $7::bigint then t1."opens" end), (case when t1."author" = $8::bigint then t1."live" end), t1."doc", (case when t1."author" = $9::bigint then t1."labels" end), (case when t1."author" = $10::bigint then t1."ref" end), (case when t1."author" = $11::bigint then t1."place" end), to_jsonb((case when t1."author" = $12::bigint then t1."odd" end)), (case when t1."author" = $13::bigint then t1."raw" end), (case when t1."author" = $14::bigint then t1."hidden" end), case when (case when t1."author" = $15::bigint then t1."seed" end) is null then null else 1 end, (select json_build_array(t2."id", t2."name", (select coalesce(json_agg(t4.c0), '[]') from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and (t3."author" = $16::bigint or t3."status" = $17) order by t3."id" limit $18) t4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), (select json_build_array(t5."id", t5."label", t5."parent") from "shelves" t5 where t5."id" = t1."shelf" and t1."author" = $19::bigint limit 1), (case when t1."author" = $20::bigint then t1."keeper" end), (case when t1."author" = $21::bigint then t1."grant" end), (select coalesce(json_agg(json_build_array(t7.c0, t7.c1, t7.c2, t7.c3, t7.c4)), '[]') from (select t6."id" as c0, t6."body" as c1, t6."stars" as c2, t6."place" as c3, t6."book" as c4 from "notes" t6 where t6."book" = t1."id" and t6."stars" >= $22::bigint order by t6."place" nulls first, t6."id" limit $23) t7), (select coalesce(json_agg(json_build_array(t9.c0, t9.c1, t9.c2, t9.c3)), '[]') from (select t8."id" as c0, t8."item" as c1, t8."kind" as c2, t8."book" as c3 from "blocks" t8 where t8."book" = t1."id" order by t8."id" limit $24) t9) from (select t10.* from "books" t10 where (t10."author" = $25::bigint or t10."status" = $26) order by t10."id" limit $27) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"shown",100,null,null,null,3,100,100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"title","decode":null},{"kind":"value","key":"status","decode":null},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"pages","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"printed","decode":["1","1","[1]","2030-01-02T03:04:05","1893553445000"]},{"kind":"value","key":"updated","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":null},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"label","decode":null},{"kind":"value","key":"parent","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"value","key":"keeper","decode":null},{"kind":"value","key":"grant","decode":[1,1,null,null,1893553445000]},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"item","decode":null},{"kind":"value","key":"kind","decode":null},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["shelf.parent.parent.label"]}
select (select json_build_array((select json_build_array((select json_build_array(t4."label") from "shelves" t4 where t4."id" = t3."parent" limit 1)) from "shelves" t3 where t3."id" = t2."parent" limit 1)) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = $1::bigint limit 1) from (select t5.* from "books" t5 where (t5."author" = $2::bigint or t5."status" = $3) order by t5."id" limit $4) t1
  [null,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["shelf.parent.parent.parent.label"]}
select (select json_build_array((select json_build_array((select json_build_array((select json_build_array(t5."label") from "shelves" t5 where t5."id" = t4."parent" limit 1)) from "shelves" t4 where t4."id" = t3."parent" limit 1)) from "shelves" t3 where t3."id" = t2."parent" limit 1)) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = $1::bigint limit 1) from (select t6.* from "books" t6 where (t6."author" = $2::bigint or t6."status" = $3) order by t6."id" limit $4) t1
  [null,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
select to_jsonb((case when t1."author" = $1::bigint then t1."odd" end)), (case when t1."author" = $2::bigint then t1."raw" end), (select json_build_array((select coalesce(json_agg(json_build_array(t4.c0, t4.c1, t4.c2, t4.c3)), '[]') from (select to_jsonb((case when t3."author" = $3::bigint then t3."odd" end)) as c0, (case when t3."author" = $4::bigint then t3."raw" end) as c1, ((case when t3."author" = $5::bigint then t3."sold" end))::text as c2, (case when t3."author" = $6::bigint then t3."price" end) as c3 from "books" t3 where t3."author" = t2."id" and (t3."author" = $7::bigint or t3."status" = $8) order by t3."id" limit $9) t4)) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t5.* from "books" t5 where (t5."author" = $10::bigint or t5."status" = $11) order by t5."id" limit $12) t1
  [null,null,null,null,null,null,null,"shown",100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"odd","decode":null},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"price","decode":[1,1,null,null,1893553445000]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["shelf.parent.parent.parent.parent.label"]}
INVALID_QUERY "fields" goes over more than 4 relations.

-- member: books {"fields":["notes"]}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $1::bigint order by t2."place" nulls first, t2."id" limit $2) t3) from (select t4.* from "books" t4 where (t4."author" = $3::bigint or t4."status" = $4) order by t4."id" limit $5) t1
  [3,100,null,"shown",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["notes.body","notes.book.title"]}
select (select coalesce(json_agg(json_build_array(t3.c0, t3.c1)), '[]') from (select t2."body" as c0, (select json_build_array(t4."title") from "books" t4 where t4."id" = t2."book" and (t4."author" = $1::bigint or t4."status" = $2) limit 1) as c1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $3::bigint order by t2."place" nulls first, t2."id" limit $4) t3) from (select t5.* from "books" t5 where (t5."author" = $5::bigint or t5."status" = $6) order by t5."id" limit $7) t1
  [null,"shown",3,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null},{"kind":"one","key":"book","shape":{"outputs":[{"kind":"value","key":"title","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."item" as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $1) t3) from (select t4.* from "books" t4 where (t4."author" = $2::bigint or t4."status" = $3) order by t4."id" limit $4) t1
  [100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"item","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
select (select coalesce(json_agg(json_build_array(t3.c0, t3.c1)), '[]') from (select json_build_array((select json_build_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" is not null limit 1), (select json_build_array(t5."id", t5."body", t5."stars", t5."place", t5."book") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = $2 and t5."stars" >= $3::bigint limit 1)) as c0, t2."kind" as c1 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $4) t3) from (select t6.* from "books" t6 where (t6."author" = $5::bigint or t6."status" = $6) order by t6."id" limit $7) t1
  ["authors","notes",3,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":null}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"body","decode":null},{"kind":"value","key":"stars","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"place","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"book","decode":[1,1,null,null,1893553445000]}],"chunk":null}],"decode":null},{"kind":"value","key":"kind","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:closed.name"]}
select (select coalesce(json_agg(json_build_array()), '[]') from (select 1 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $1) t3) from (select t4.* from "books" t4 where (t4."author" = $2::bigint or t4."status" = $3) order by t4."id" limit $4) t1
  [100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:books.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["blocks.item:authors"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."id", t4."name", (select coalesce(json_agg(t6.c0), '[]') from (select t5."id" as c0 from "books" t5 where t5."author" = t4."id" and (t5."author" = $1::bigint or t5."status" = $2) order by t5."id" limit $3) t6)) from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $4 and t4."name" is not null limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $5) t3) from (select t7.* from "books" t7 where (t7."author" = $6::bigint or t7."status" = $7) order by t7."id" limit $8) t1
  [null,"shown",100,"authors",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"name","decode":null},{"kind":"keys","key":"books","decode":[1,1,null,null,1893553445000]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["blocks.item.id"]}
select (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select json_build_array((select json_build_array(t4."id") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = $1 and t4."name" is not null limit 1), (select json_build_array(t5."id") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = $2 and t5."stars" >= $3::bigint limit 1)) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit $4) t3) from (select t6.* from "books" t6 where (t6."author" = $5::bigint or t6."status" = $6) order by t6."id" limit $7) t1
  ["authors","notes",3,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":[1,1,null,null,1893553445000]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
select floor(extract(year from (case when t1."author" = $1::bigint then t1."printed" end)))::int, (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= $2::bigint), (t1."doc" -> $3::text -> $4::text -> $5::int), floor(extract(dow from t1."updated"))::int, floor(extract(hour from (case when t1."author" = $6::bigint then t1."opens" end)))::int from (select t3.* from "books" t3 where (t3."author" = $7::bigint or t3."status" = $8) order by t3."id" limit $9) t1
  [null,3,"a","b",0,null,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"printed_year","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"notes_count","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"doc_a_b_0_json","decode":null},{"kind":"value","key":"updated_weekday","decode":[1,1,null,null,1893553445000]},{"kind":"value","key":"opens_hour","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["count(doc)"]}
select (case when json_typeof(t1."doc"::json) = 'array' then json_array_length(t1."doc"::json) when t1."doc" is not null then 0 end) from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"doc_count","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- member: books {"fields":["json(doc, a.b.c)"]}
select (t1."doc" -> $1::text -> $2::text -> $3::text) from "books" t1 where (t1."author" = $4::bigint or t1."status" = $5) order by t1."id" limit $6
  ["a","b","c",null,"shown",100]
  → {"outputs":[{"kind":"value","key":"doc_a_b_c_json","decode":null}],"chunk":null}

-- member: books {"fields":["json(doc, a.b.c.d)"]}
INVALID_QUERY "fields" goes more than 3 steps into "doc".

-- member: books {"fields":["json(title, a)"]}
INVALID_QUERY json() needs a field of type json, and "title" is none.

-- member: books {"fields":["count(title)"]}
INVALID_QUERY count() needs a list, and "title" is none.

-- member: books {"fields":["year(opens)"]}
INVALID_QUERY year() does not fit the type of "opens".

-- member: books {"fields":["hour(live)"]}
INVALID_QUERY hour() does not fit the type of "live".

-- member: books {"fields":["year(seed)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["year(printed).x"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["year(author.born)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["seed","hidden"]}
select case when (case when t1."author" = $1::bigint then t1."seed" end) is null then null else 1 end, (case when t1."author" = $2::bigint then t1."hidden" end) from "books" t1 where (t1."author" = $3::bigint or t1."status" = $4) order by t1."id" limit $5
  [null,null,null,"shown",100]
  → {"outputs":[{"kind":"concealed","key":"seed"},{"kind":"value","key":"hidden","decode":null}],"chunk":null}

-- member: books {"fields":["author.seed"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["keeper","grant","keeper.id","grant.*"]}
select 1 from "books" t1 where (t1."author" = $1::bigint or t1."status" = $2) order by t1."id" limit $3
  [null,"shown",100]
  → {"outputs":[],"chunk":null}

-- member: books {"fields":["notes.count(book)"]}
INVALID_QUERY count() needs a list, and "book" is none.

-- visitor: books {}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."body" nulls first limit $1) t3) from (select t4.* from "books" t4 where (t4."status" = $2 or t4."live" = $3) order by t4."title" nulls first limit $4) t1
  [100,"shown","true",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- visitor: books {"fields":"id,title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["author.name","author.id"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["author.*"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["*","author.*","notes.*"]}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."body" nulls first limit $1) t3) from (select t4.* from "books" t4 where (t4."status" = $2 or t4."live" = $3) order by t4."title" nulls first limit $4) t1
  [100,"shown","true",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"concealed","key":"seed"},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- visitor: books {"fields":["*.*"],"limit":5}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."body" nulls first limit $1) t3) from (select t4.* from "books" t4 where (t4."status" = $2 or t4."live" = $3) order by t4."title" nulls first limit $4) t1
  [100,"shown","true",5]
  → {"outputs":[{"kind":"value","key":"title","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"concealed","key":"seed"},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- visitor: books {"fields":["*.*"],"backlink":"false"}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select coalesce(json_agg(json_build_array(t3.c0)), '[]') from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."body" nulls first limit $1) t3) from (select t4.* from "books" t4 where (t4."status" = $2 or t4."live" = $3) order by t4."title" nulls first limit $4) t1
  [100,"shown","true",100]
  → {"outputs":[{"kind":"value","key":"title","decode":null},{"kind":"value","key":"doc","decode":null},{"kind":"concealed","key":"seed"},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":null}],"chunk":null}}],"chunk":null}

-- visitor: books {"fields":["shelf.parent.parent.label"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["shelf.parent.parent.parent.label"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["shelf.parent.parent.parent.parent.label"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["notes"]}
select (select coalesce(json_agg(t3.c0), '[]') from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place" nulls first, t2."body" nulls first limit $1) t3) from (select t4.* from "books" t4 where (t4."status" = $2 or t4."live" = $3) order by t4."title" nulls first limit $4) t1
  [100,"shown","true",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- visitor: books {"fields":["notes.body","notes.book.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["blocks.item"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:closed.name"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:books.title"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:authors"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item.id"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["count(doc)"]}
select (case when json_typeof(t1."doc"::json) = 'array' then json_array_length(t1."doc"::json) when t1."doc" is not null then 0 end) from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[{"kind":"value","key":"doc_count","decode":[1,1,null,null,1893553445000]}],"chunk":null}

-- visitor: books {"fields":["json(doc, a.b.c)"]}
select (t1."doc" -> $1::text -> $2::text -> $3::text) from "books" t1 where (t1."status" = $4 or t1."live" = $5) order by t1."title" nulls first limit $6
  ["a","b","c","shown","true",100]
  → {"outputs":[{"kind":"value","key":"doc_a_b_c_json","decode":null}],"chunk":null}

-- visitor: books {"fields":["json(doc, a.b.c.d)"]}
INVALID_QUERY "fields" goes more than 3 steps into "doc".

-- visitor: books {"fields":["json(title, a)"]}
INVALID_QUERY json() needs a field of type json, and "title" is none.

-- visitor: books {"fields":["count(title)"]}
INVALID_QUERY count() needs a list, and "title" is none.

-- visitor: books {"fields":["year(opens)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["hour(live)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["year(seed)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["year(printed).x"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["year(author.born)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["seed","hidden"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["author.seed"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["keeper","grant","keeper.id","grant.*"]}
select 1 from "books" t1 where (t1."status" = $1 or t1."live" = $2) order by t1."title" nulls first limit $3
  ["shown","true",100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["notes.count(book)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":"id,title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["author.name","author.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["author.*"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["*","author.*","notes.*"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["*.*"],"limit":5}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["*.*"],"backlink":"false"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["shelf.parent.parent.label"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["shelf.parent.parent.parent.label"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["shelf.parent.parent.parent.parent.label"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["notes"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["notes.body","notes.book.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item:closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item:books.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item:authors"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["blocks.item.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["count(doc)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["json(doc, a.b.c)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["json(doc, a.b.c.d)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["json(title, a)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["count(title)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["year(opens)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["hour(live)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["year(seed)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["year(printed).x"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["year(author.born)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["seed","hidden"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["author.seed"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["keeper","grant","keeper.id","grant.*"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- nobody: books {"fields":["notes.count(book)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.
