-- admin: books {}
select t1."id", t1."title", t1."status", t1."price", cast(t1."sold" as text), t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", t1."odd", t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, t1."author", t1."shelf", t1."keeper", t1."grant", (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3), (select json_group_array(t5.c0) from (select t4."id" as c0 from "blocks" t4 where t4."book" = t1."id" order by t4."id" limit ? + 0) t5) from (select t6.* from "books" t6 order by t6."id" limit ? + 0) t1
  [100,100,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"value","key":"author","decode":null},{"kind":"value","key":"shelf","decode":null},{"kind":"value","key":"keeper","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"grant","decode":null},{"kind":"keys","key":"notes","decode":null},{"kind":"keys","key":"blocks","decode":null}],"chunk":null}

-- admin: books {"fields":"id,title"}
select t1."id", t1."title" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["author.name","author.id"]}
select (select json_array(t2."name", t2."id") from "authors" t2 where t2."id" = t1."author" limit 1) from (select t3.* from "books" t3 order by t3."id" limit ? + 0) t1
  [100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"id","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author.*"]}
select (select json_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100,100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"born","decode":["1","1970-01-01","[1]","2030-01-02","2030-01-02"]},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["*","author.*","notes.*"]}
select t1."id", t1."title", t1."status", t1."price", cast(t1."sold" as text), t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", t1."odd", t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, (select json_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1), t1."shelf", t1."keeper", t1."grant", (select json_group_array(json_array(t6.c0, t6.c1, t6.c2, t6.c3, t6.c4)) from (select t5."id" as c0, t5."body" as c1, t5."stars" as c2, t5."place" as c3, t5."book" as c4 from "notes" t5 where t5."book" = t1."id" order by t5."place", t5."id" limit ? + 0) t6), (select json_group_array(t8.c0) from (select t7."id" as c0 from "blocks" t7 where t7."book" = t1."id" order by t7."id" limit ? + 0) t8) from (select t9.* from "books" t9 order by t9."id" limit ? + 0) t1
  [100,100,100,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"born","decode":["1","1970-01-01","[1]","2030-01-02","2030-01-02"]},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":null}],"chunk":null}},{"kind":"value","key":"shelf","decode":null},{"kind":"value","key":"keeper","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"grant","decode":null},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}},{"kind":"keys","key":"blocks","decode":null}],"chunk":null}

-- admin: books {"fields":["*.*"],"limit":5}
select t1."id", t1."title", t1."status", t1."price", cast(t1."sold" as text), t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", t1."odd", t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, (select json_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1), (select json_array(t5."id", t5."label", t5."parent", json((select json_group_array(t7.c0) from (select t6."id" as c0 from "shelves" t6 where t6."parent" = t5."id" and limen_spend() order by t6."id" limit ? + 0) t7))) from "shelves" t5 where t5."id" = t1."shelf" limit 1), (select json_array(t8."id", t8."first_name", t8."last_name", t8."email", case when t8."password" is null then null else 1 end, t8."location", t8."title", t8."description", t8."tags", t8."avatar", t8."language", case when t8."tfa_secret" is null then null else 1 end, t8."status", t8."role", case when t8."token" is null then null else 1 end, t8."last_access", t8."last_page", t8."provider", t8."external_identifier", case when t8."auth_data" is null then null else 1 end, t8."email_notifications", t8."appearance", t8."theme_dark", t8."theme_light", t8."theme_light_overrides", t8."theme_dark_overrides", t8."text_direction", json((select json_group_array(t10.c0) from (select t9."id" as c0 from "directus_access" t9 where t9."user" = t8."id" and limen_spend() order by t9."id" limit ? + 0) t10))) from "directus_users" t8 where t8."id" = t1."keeper" limit 1), (select json_array(t11."id", t11."collection", t11."action", t11."permissions", t11."validation", t11."presets", t11."fields", t11."policy") from "directus_permissions" t11 where t11."id" = t1."grant" limit 1), (select json_group_array(json_array(t13.c0, t13.c1, t13.c2, t13.c3, t13.c4)) from (select t12."id" as c0, t12."body" as c1, t12."stars" as c2, t12."place" as c3, t12."book" as c4 from "notes" t12 where t12."book" = t1."id" order by t12."place", t12."id" limit ? + 0) t13), (select json_group_array(json_array(t15.c0, t15.c1, t15.c2, t15.c3)) from (select t14."id" as c0, t14."item" as c1, t14."kind" as c2, t14."book" as c3 from "blocks" t14 where t14."book" = t1."id" order by t14."id" limit ? + 0) t15) from (select t16.* from "books" t16 order by t16."id" limit ? + 0) t1
  [100,100,100,100,100,5]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"born","decode":["1","1970-01-01","[1]","2030-01-02","2030-01-02"]},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":null}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"parent","decode":null},{"kind":"keys","key":"children","decode":null}],"chunk":null}},{"kind":"one","key":"keeper","shape":{"outputs":[{"kind":"value","key":"id","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"first_name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"last_name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"email","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"password"},{"kind":"value","key":"location","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"description","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"tags","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"avatar","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"language","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"tfa_secret"},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"role","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"token"},{"kind":"value","key":"last_access","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"last_page","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"provider","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"external_identifier","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"auth_data"},{"kind":"value","key":"email_notifications","decode":[true,true,false,false,false]},{"kind":"value","key":"appearance","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"theme_dark","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"theme_light","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"theme_light_overrides","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"theme_dark_overrides","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"text_direction","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"policies","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"one","key":"grant","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"collection","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"action","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"permissions","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"validation","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"presets","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"fields","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"policy","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"item","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"kind","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"book","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["*.*"],"backlink":"false"}
select t1."id", t1."title", t1."status", t1."price", cast(t1."sold" as text), t1."weight", t1."pages", t1."printed", t1."updated", t1."opens", t1."live", t1."doc", t1."labels", t1."ref", t1."place", t1."odd", t1."raw", t1."hidden", case when t1."seed" is null then null else 1 end, (select json_array(t2."id", t2."name", t2."born", case when t2."seed" is null then null else 1 end, json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1), (select json_array(t5."id", t5."label", t5."parent", json((select json_group_array(t7.c0) from (select t6."id" as c0 from "shelves" t6 where t6."parent" = t5."id" and limen_spend() order by t6."id" limit ? + 0) t7))) from "shelves" t5 where t5."id" = t1."shelf" limit 1), (select json_array(t8."id", t8."first_name", t8."last_name", t8."email", case when t8."password" is null then null else 1 end, t8."location", t8."title", t8."description", t8."tags", t8."avatar", t8."language", case when t8."tfa_secret" is null then null else 1 end, t8."status", t8."role", case when t8."token" is null then null else 1 end, t8."last_access", t8."last_page", t8."provider", t8."external_identifier", case when t8."auth_data" is null then null else 1 end, t8."email_notifications", t8."appearance", t8."theme_dark", t8."theme_light", t8."theme_light_overrides", t8."theme_dark_overrides", t8."text_direction", json((select json_group_array(t10.c0) from (select t9."id" as c0 from "directus_access" t9 where t9."user" = t8."id" and limen_spend() order by t9."id" limit ? + 0) t10))) from "directus_users" t8 where t8."id" = t1."keeper" limit 1), (select json_array(t11."id", t11."collection", t11."action", t11."permissions", t11."validation", t11."presets", t11."fields", t11."policy") from "directus_permissions" t11 where t11."id" = t1."grant" limit 1), (select json_group_array(json_array(t13.c0, t13.c1, t13.c2, t13.c3, t13.c4)) from (select t12."id" as c0, t12."body" as c1, t12."stars" as c2, t12."place" as c3, t12."book" as c4 from "notes" t12 where t12."book" = t1."id" order by t12."place", t12."id" limit ? + 0) t13), (select json_group_array(json_array(t15.c0, t15.c1, t15.c2, t15.c3)) from (select t14."id" as c0, t14."item" as c1, t14."kind" as c2, t14."book" as c3 from "blocks" t14 where t14."book" = t1."id" order by t14."id" limit ? + 0) t15) from (select t16.* from "books" t16 order by t16."id" limit ? + 0) t1
  [100,100,100,100,100,100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"born","decode":["1","1970-01-01","[1]","2030-01-02","2030-01-02"]},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":null}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"parent","decode":null},{"kind":"keys","key":"children","decode":null}],"chunk":null}},{"kind":"one","key":"keeper","shape":{"outputs":[{"kind":"value","key":"id","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"first_name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"last_name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"email","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"password"},{"kind":"value","key":"location","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"description","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"tags","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"avatar","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"language","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"tfa_secret"},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"role","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"token"},{"kind":"value","key":"last_access","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"last_page","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"provider","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"external_identifier","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"auth_data"},{"kind":"value","key":"email_notifications","decode":[true,true,false,false,false]},{"kind":"value","key":"appearance","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"theme_dark","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"theme_light","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"theme_light_overrides","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"theme_dark_overrides","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"text_direction","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"policies","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"one","key":"grant","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"collection","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"action","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"permissions","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"validation","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"presets","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"fields","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"policy","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"item","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"kind","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"book","decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["shelf.parent.parent.label"]}
select (select json_array(json((select json_array(json((select json_array(t4."label") from "shelves" t4 where t4."id" = t3."parent" limit 1))) from "shelves" t3 where t3."id" = t2."parent" limit 1))) from "shelves" t2 where t2."id" = t1."shelf" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["shelf.parent.parent.parent.label"]}
select (select json_array(json((select json_array(json((select json_array(json((select json_array(t5."label") from "shelves" t5 where t5."id" = t4."parent" limit 1))) from "shelves" t4 where t4."id" = t3."parent" limit 1))) from "shelves" t3 where t3."id" = t2."parent" limit 1))) from "shelves" t2 where t2."id" = t1."shelf" limit 1) from (select t6.* from "books" t6 order by t6."id" limit ? + 0) t1
  [100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
select t1."odd", t1."raw", (select json_array(json((select json_group_array(json_array(t4.c0, t4.c1, t4.c2, t4.c3)) from (select case typeof(t3."odd") when 'blob' then hex(t3."odd") else t3."odd" end as c0, hex(t3."raw") as c1, cast(t3."sold" as text) as c2, t3."price" as c3 from "books" t3 where t3."author" = t2."id" and limen_spend() order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100,100]
  → {"outputs":[{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"price","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["shelf.parent.parent.parent.parent.label"]}
INVALID_QUERY "fields" goes over more than 4 relations.

-- admin: books {"fields":["notes"]}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [100,100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- admin: books {"fields":["notes.body","notes.book.title"]}
select (select json_group_array(json_array(t3.c0, json(t3.c1))) from (select t2."body" as c0, json((select json_array(t4."title") from "books" t4 where t4."id" = t2."book" limit 1)) as c1 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  [100,100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"one","key":"book","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item"]}
select (select json_group_array(json_array(t3.c0)) from (select t2."item" as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"item","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
select (select json_group_array(json_array(json(t3.c0), t3.c1)) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? limit 1)), json((select json_array(t5."id", t5."body", t5."stars", t5."place", t5."book") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = ? limit 1)))) as c0, t2."kind" as c1 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t6.* from "books" t6 order by t6."id" limit ? + 0) t1
  ["authors","notes",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}],"decode":null},{"kind":"value","key":"kind","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:closed.name"]}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."name") from "closed" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 order by t5."id" limit ? + 0) t1
  ["closed",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item:books.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["blocks.item:authors"]}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."id", t4."name", t4."born", case when t4."seed" is null then null else 1 end, json((select json_group_array(t6.c0) from (select t5."id" as c0 from "books" t5 where t5."author" = t4."id" and limen_spend() order by t5."id" limit ? + 0) t6))) from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t7.* from "books" t7 order by t7."id" limit ? + 0) t1
  [100,"authors",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"born","decode":["1","1970-01-01","[1]","2030-01-02","2030-01-02"]},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"books","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["blocks.item.id"]}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."id") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? limit 1)), json((select json_array(t5."id") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = ? limit 1)), json((select json_array(t6."id") from "closed" t6 where cast(t6."id" as text) = t2."item" and t2."kind" = ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t7.* from "books" t7 order by t7."id" limit ? + 0) t1
  ["authors","notes","closed",100,100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
select cast(strftime('%Y', limen_wall_time(t1."printed") / 1000.0, 'unixepoch') as integer), (select count(*) from "notes" t2 where t2."book" = t1."id"), case when json_valid(t1."doc") then (t1."doc" -> ?) || '' end, cast(strftime('%w', t1."updated" / 1000.0, 'unixepoch') as integer), cast(strftime('%H', t1."opens") as integer) from (select t3.* from "books" t3 order by t3."id" limit ? + 0) t1
  ["$.\"a\".\"b\"[0]",100]
  → {"outputs":[{"kind":"value","key":"printed_year","decode":null},{"kind":"value","key":"notes_count","decode":null},{"kind":"value","key":"doc_a_b_0_json","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"updated_weekday","decode":null},{"kind":"value","key":"opens_hour","decode":null}],"chunk":null}

-- admin: books {"fields":["count(doc)"]}
select (case when json_valid(t1."doc") then json_array_length(t1."doc") when t1."doc" is not null then 0 end) from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"value","key":"doc_count","decode":null}],"chunk":null}

-- admin: books {"fields":["json(doc, a.b.c)"]}
select case when json_valid(t1."doc") then (t1."doc" -> ?) || '' end from "books" t1 order by t1."id" limit ? + 0
  ["$.\"a\".\"b\".\"c\"",100]
  → {"outputs":[{"kind":"value","key":"doc_a_b_c_json","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]}],"chunk":null}

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
select case when t1."seed" is null then null else 1 end, t1."hidden" from "books" t1 order by t1."id" limit ? + 0
  [100]
  → {"outputs":[{"kind":"concealed","key":"seed"},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- admin: books {"fields":["author.seed"]}
select (select json_array(case when t2."seed" is null then null else 1 end) from "authors" t2 where t2."id" = t1."author" limit 1) from (select t3.* from "books" t3 order by t3."id" limit ? + 0) t1
  [100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"concealed","key":"seed"}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- admin: books {"fields":["keeper","grant","keeper.id","grant.*"]}
select (select json_array(t2."id") from "directus_users" t2 where t2."id" = t1."keeper" limit 1), (select json_array(t3."id", t3."collection", t3."action", t3."permissions", t3."validation", t3."presets", t3."fields", t3."policy") from "directus_permissions" t3 where t3."id" = t1."grant" limit 1) from (select t4.* from "books" t4 order by t4."id" limit ? + 0) t1
  [100]
  → {"outputs":[{"kind":"one","key":"keeper","shape":{"outputs":[{"kind":"value","key":"id","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}},{"kind":"one","key":"grant","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"collection","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"action","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"permissions","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"validation","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"presets","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"fields","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"policy","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- admin: books {"fields":["notes.count(book)"]}
INVALID_QUERY count() needs a list, and "book" is none.

-- member: books {}
select t1."id", t1."title", (case when t1."author" = ? then t1."status" end), (case when t1."author" = ? then t1."price" end), cast((case when t1."author" = ? then t1."sold" end) as text), (case when t1."author" = ? then t1."weight" end), (case when t1."author" = ? then t1."pages" end), (case when t1."author" = ? then t1."printed" end), t1."updated", (case when t1."author" = ? then t1."opens" end), (case when t1."author" = ? then t1."live" end), t1."doc", (case when t1."author" = ? then t1."labels" end), (case when t1."author" = ? then t1."ref" end), (case when t1."author" = ? then t1."place" end), (case when t1."author" = ? then t1."odd" end), (case when t1."author" = ? then t1."raw" end), (case when t1."author" = ? then t1."hidden" end), case when (case when t1."author" = ? then t1."seed" end) is null then null else 1 end, t1."author", (case when t1."author" = ? then t1."shelf" end), (case when t1."author" = ? then t1."keeper" end), (case when t1."author" = ? then t1."grant" end), (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id" limit ? + 0) t3), (select json_group_array(t5.c0) from (select t4."id" as c0 from "blocks" t4 where t4."book" = t1."id" order by t4."id" limit ? + 0) t5) from (select t6.* from "books" t6 where (t6."author" = ? or t6."status" = ?) order by t6."id" limit ? + 0) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,3,100,100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"value","key":"author","decode":null},{"kind":"value","key":"shelf","decode":null},{"kind":"value","key":"keeper","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"grant","decode":null},{"kind":"keys","key":"notes","decode":null},{"kind":"keys","key":"blocks","decode":null}],"chunk":null}

-- member: books {"fields":"id,title"}
select t1."id", t1."title" from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["author.name","author.id"]}
select (select json_array(t2."name", t2."id") from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t3.* from "books" t3 where (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t1
  [null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"id","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author.*"]}
select (select json_array(t2."id", t2."name", json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  [null,"shown",100,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"books","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["*","author.*","notes.*"]}
select t1."id", t1."title", (case when t1."author" = ? then t1."status" end), (case when t1."author" = ? then t1."price" end), cast((case when t1."author" = ? then t1."sold" end) as text), (case when t1."author" = ? then t1."weight" end), (case when t1."author" = ? then t1."pages" end), (case when t1."author" = ? then t1."printed" end), t1."updated", (case when t1."author" = ? then t1."opens" end), (case when t1."author" = ? then t1."live" end), t1."doc", (case when t1."author" = ? then t1."labels" end), (case when t1."author" = ? then t1."ref" end), (case when t1."author" = ? then t1."place" end), (case when t1."author" = ? then t1."odd" end), (case when t1."author" = ? then t1."raw" end), (case when t1."author" = ? then t1."hidden" end), case when (case when t1."author" = ? then t1."seed" end) is null then null else 1 end, (select json_array(t2."id", t2."name", json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), (case when t1."author" = ? then t1."shelf" end), (case when t1."author" = ? then t1."keeper" end), (case when t1."author" = ? then t1."grant" end), (select json_group_array(json_array(t6.c0, t6.c1, t6.c2, t6.c3, t6.c4)) from (select t5."id" as c0, t5."body" as c1, t5."stars" as c2, t5."place" as c3, t5."book" as c4 from "notes" t5 where t5."book" = t1."id" and t5."stars" >= ? order by t5."place", t5."id" limit ? + 0) t6), (select json_group_array(t8.c0) from (select t7."id" as c0 from "blocks" t7 where t7."book" = t1."id" order by t7."id" limit ? + 0) t8) from (select t9.* from "books" t9 where (t9."author" = ? or t9."status" = ?) order by t9."id" limit ? + 0) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"shown",100,null,null,null,3,100,100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"books","decode":null}],"chunk":null}},{"kind":"value","key":"shelf","decode":null},{"kind":"value","key":"keeper","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"grant","decode":null},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}},{"kind":"keys","key":"blocks","decode":null}],"chunk":null}

-- member: books {"fields":["*.*"],"limit":5}
select t1."id", t1."title", (case when t1."author" = ? then t1."status" end), (case when t1."author" = ? then t1."price" end), cast((case when t1."author" = ? then t1."sold" end) as text), (case when t1."author" = ? then t1."weight" end), (case when t1."author" = ? then t1."pages" end), (case when t1."author" = ? then t1."printed" end), t1."updated", (case when t1."author" = ? then t1."opens" end), (case when t1."author" = ? then t1."live" end), t1."doc", (case when t1."author" = ? then t1."labels" end), (case when t1."author" = ? then t1."ref" end), (case when t1."author" = ? then t1."place" end), (case when t1."author" = ? then t1."odd" end), (case when t1."author" = ? then t1."raw" end), (case when t1."author" = ? then t1."hidden" end), case when (case when t1."author" = ? then t1."seed" end) is null then null else 1 end, (select json_array(t2."id", t2."name", json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), (select json_array(t5."id", t5."label", t5."parent") from "shelves" t5 where t5."id" = t1."shelf" and t1."author" = ? limit 1), (case when t1."author" = ? then t1."keeper" end), (case when t1."author" = ? then t1."grant" end), (select json_group_array(json_array(t7.c0, t7.c1, t7.c2, t7.c3, t7.c4)) from (select t6."id" as c0, t6."body" as c1, t6."stars" as c2, t6."place" as c3, t6."book" as c4 from "notes" t6 where t6."book" = t1."id" and t6."stars" >= ? order by t6."place", t6."id" limit ? + 0) t7), (select json_group_array(json_array(t9.c0, t9.c1, t9.c2, t9.c3)) from (select t8."id" as c0, t8."item" as c1, t8."kind" as c2, t8."book" as c3 from "blocks" t8 where t8."book" = t1."id" order by t8."id" limit ? + 0) t9) from (select t10.* from "books" t10 where (t10."author" = ? or t10."status" = ?) order by t10."id" limit ? + 0) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"shown",100,null,null,null,3,100,100,null,"shown",5]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"books","decode":null}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"parent","decode":null}],"chunk":null}},{"kind":"value","key":"keeper","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"grant","decode":null},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"item","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"kind","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"book","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["*.*"],"backlink":"false"}
select t1."id", t1."title", (case when t1."author" = ? then t1."status" end), (case when t1."author" = ? then t1."price" end), cast((case when t1."author" = ? then t1."sold" end) as text), (case when t1."author" = ? then t1."weight" end), (case when t1."author" = ? then t1."pages" end), (case when t1."author" = ? then t1."printed" end), t1."updated", (case when t1."author" = ? then t1."opens" end), (case when t1."author" = ? then t1."live" end), t1."doc", (case when t1."author" = ? then t1."labels" end), (case when t1."author" = ? then t1."ref" end), (case when t1."author" = ? then t1."place" end), (case when t1."author" = ? then t1."odd" end), (case when t1."author" = ? then t1."raw" end), (case when t1."author" = ? then t1."hidden" end), case when (case when t1."author" = ? then t1."seed" end) is null then null else 1 end, (select json_array(t2."id", t2."name", json((select json_group_array(t4.c0) from (select t3."id" as c0 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1), (select json_array(t5."id", t5."label", t5."parent") from "shelves" t5 where t5."id" = t1."shelf" and t1."author" = ? limit 1), (case when t1."author" = ? then t1."keeper" end), (case when t1."author" = ? then t1."grant" end), (select json_group_array(json_array(t7.c0, t7.c1, t7.c2, t7.c3, t7.c4)) from (select t6."id" as c0, t6."body" as c1, t6."stars" as c2, t6."place" as c3, t6."book" as c4 from "notes" t6 where t6."book" = t1."id" and t6."stars" >= ? order by t6."place", t6."id" limit ? + 0) t7), (select json_group_array(json_array(t9.c0, t9.c1, t9.c2, t9.c3)) from (select t8."id" as c0, t8."item" as c1, t8."kind" as c2, t8."book" as c3 from "blocks" t8 where t8."book" = t1."id" order by t8."id" limit ? + 0) t9) from (select t10.* from "books" t10 where (t10."author" = ? or t10."status" = ?) order by t10."id" limit ? + 0) t1
  [null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,"shown",100,null,null,null,3,100,100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"status","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"price","decode":null},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"weight","decode":null},{"kind":"value","key":"pages","decode":null},{"kind":"value","key":"printed","decode":["2001-01-01T00:00:00","1970-01-01T01:00:00","[1]","2030-01-02T03:04:05","2030-01-02T03:04:05"]},{"kind":"value","key":"updated","decode":["2001-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","[1]","2030-01-02T03:04:05.000Z","2030-01-02T03:04:05.000Z"]},{"kind":"value","key":"opens","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"live","decode":[true,true,false,false,false]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"labels","decode":[["1"],["1"],["[1]"],["2030-01-02 03:04:05"],["1893553445000"]]},{"kind":"value","key":"ref","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"concealed","key":"seed"},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"books","decode":null}],"chunk":null}},{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"parent","decode":null}],"chunk":null}},{"kind":"value","key":"keeper","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"grant","decode":null},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}},{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"item","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"kind","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"book","decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["shelf.parent.parent.label"]}
select (select json_array(json((select json_array(json((select json_array(t4."label") from "shelves" t4 where t4."id" = t3."parent" limit 1))) from "shelves" t3 where t3."id" = t2."parent" limit 1))) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = ? limit 1) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  [null,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["shelf.parent.parent.parent.label"]}
select (select json_array(json((select json_array(json((select json_array(json((select json_array(t5."label") from "shelves" t5 where t5."id" = t4."parent" limit 1))) from "shelves" t4 where t4."id" = t3."parent" limit 1))) from "shelves" t3 where t3."id" = t2."parent" limit 1))) from "shelves" t2 where t2."id" = t1."shelf" and t1."author" = ? limit 1) from (select t6.* from "books" t6 where (t6."author" = ? or t6."status" = ?) order by t6."id" limit ? + 0) t1
  [null,null,"shown",100]
  → {"outputs":[{"kind":"one","key":"shelf","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"one","key":"parent","shape":{"outputs":[{"kind":"value","key":"label","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
select (case when t1."author" = ? then t1."odd" end), (case when t1."author" = ? then t1."raw" end), (select json_array(json((select json_group_array(json_array(t4.c0, t4.c1, t4.c2, t4.c3)) from (select case typeof((case when t3."author" = ? then t3."odd" end)) when 'blob' then hex((case when t3."author" = ? then t3."odd" end)) else (case when t3."author" = ? then t3."odd" end) end as c0, hex((case when t3."author" = ? then t3."raw" end)) as c1, cast((case when t3."author" = ? then t3."sold" end) as text) as c2, (case when t3."author" = ? then t3."price" end) as c3 from "books" t3 where t3."author" = t2."id" and limen_spend() and (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t4))) from "authors" t2 where t2."id" = t1."author" and t2."name" is not null limit 1) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  [null,null,null,null,null,null,null,"shown",100,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"one","key":"author","shape":{"outputs":[{"kind":"many","key":"books","shape":{"outputs":[{"kind":"value","key":"odd","decode":["1",1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"raw","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"sold","decode":[1,1,"[1]","2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"price","decode":null}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["shelf.parent.parent.parent.parent.label"]}
INVALID_QUERY "fields" goes over more than 4 relations.

-- member: books {"fields":["notes"]}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [3,100,null,"shown",100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- member: books {"fields":["notes.body","notes.book.title"]}
select (select json_group_array(json_array(t3.c0, json(t3.c1))) from (select t2."body" as c0, json((select json_array(t4."title") from "books" t4 where t4."id" = t2."book" and (t4."author" = ? or t4."status" = ?) limit 1)) as c1 from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ? order by t2."place", t2."id" limit ? + 0) t3) from (select t5.* from "books" t5 where (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t1
  [null,"shown",3,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"one","key":"book","shape":{"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item"]}
select (select json_group_array(json_array(t3.c0)) from (select t2."item" as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"value","key":"item","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
select (select json_group_array(json_array(json(t3.c0), t3.c1)) from (select json(json_array(json((select json_array(t4."name") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" is not null limit 1)), json((select json_array(t5."id", t5."body", t5."stars", t5."place", t5."book") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = ? and t5."stars" >= ? limit 1)))) as c0, t2."kind" as c1 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t6.* from "books" t6 where (t6."author" = ? or t6."status" = ?) order by t6."id" limit ? + 0) t1
  ["authors","notes",3,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"stars","decode":null},{"kind":"value","key":"place","decode":null},{"kind":"value","key":"book","decode":null}],"chunk":null}],"decode":null},{"kind":"value","key":"kind","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:closed.name"]}
select (select json_group_array(json_array()) from (select 1 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."author" = ? or t4."status" = ?) order by t4."id" limit ? + 0) t1
  [100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item:books.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["blocks.item:authors"]}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."id", t4."name", json((select json_group_array(t6.c0) from (select t5."id" as c0 from "books" t5 where t5."author" = t4."id" and limen_spend() and (t5."author" = ? or t5."status" = ?) order by t5."id" limit ? + 0) t6))) from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" is not null limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t7.* from "books" t7 where (t7."author" = ? or t7."status" = ?) order by t7."id" limit ? + 0) t1
  [null,"shown",100,"authors",100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":null},{"kind":"value","key":"name","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"keys","key":"books","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["blocks.item.id"]}
select (select json_group_array(json_array(json(t3.c0))) from (select json(json_array(json((select json_array(t4."id") from "authors" t4 where cast(t4."id" as text) = t2."item" and t2."kind" = ? and t4."name" is not null limit 1)), json((select json_array(t5."id") from "notes" t5 where cast(t5."id" as text) = t2."item" and t2."kind" = ? and t5."stars" >= ? limit 1)))) as c0 from "blocks" t2 where t2."book" = t1."id" order by t2."id" limit ? + 0) t3) from (select t6.* from "books" t6 where (t6."author" = ? or t6."status" = ?) order by t6."id" limit ? + 0) t1
  ["authors","notes",3,100,null,"shown",100]
  → {"outputs":[{"kind":"many","key":"blocks","shape":{"outputs":[{"kind":"any","key":"item","branches":[{"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null},{"outputs":[{"kind":"value","key":"id","decode":null}],"chunk":null}],"decode":null}],"chunk":null}}],"chunk":null}

-- member: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
select cast(strftime('%Y', limen_wall_time((case when t1."author" = ? then t1."printed" end)) / 1000.0, 'unixepoch') as integer), (select count(*) from "notes" t2 where t2."book" = t1."id" and t2."stars" >= ?), case when json_valid(t1."doc") then (t1."doc" -> ?) || '' end, cast(strftime('%w', t1."updated" / 1000.0, 'unixepoch') as integer), cast(strftime('%H', (case when t1."author" = ? then t1."opens" end)) as integer) from (select t3.* from "books" t3 where (t3."author" = ? or t3."status" = ?) order by t3."id" limit ? + 0) t1
  [null,3,"$.\"a\".\"b\"[0]",null,null,"shown",100]
  → {"outputs":[{"kind":"value","key":"printed_year","decode":null},{"kind":"value","key":"notes_count","decode":null},{"kind":"value","key":"doc_a_b_0_json","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"value","key":"updated_weekday","decode":null},{"kind":"value","key":"opens_hour","decode":null}],"chunk":null}

-- member: books {"fields":["count(doc)"]}
select (case when json_valid(t1."doc") then json_array_length(t1."doc") when t1."doc" is not null then 0 end) from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[{"kind":"value","key":"doc_count","decode":null}],"chunk":null}

-- member: books {"fields":["json(doc, a.b.c)"]}
select case when json_valid(t1."doc") then (t1."doc" -> ?) || '' end from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  ["$.\"a\".\"b\".\"c\"",null,"shown",100]
  → {"outputs":[{"kind":"value","key":"doc_a_b_c_json","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]}],"chunk":null}

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
select case when (case when t1."author" = ? then t1."seed" end) is null then null else 1 end, (case when t1."author" = ? then t1."hidden" end) from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,null,null,"shown",100]
  → {"outputs":[{"kind":"concealed","key":"seed"},{"kind":"value","key":"hidden","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}

-- member: books {"fields":["author.seed"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- member: books {"fields":["keeper","grant","keeper.id","grant.*"]}
select 1 from "books" t1 where (t1."author" = ? or t1."status" = ?) order by t1."id" limit ? + 0
  [null,"shown",100]
  → {"outputs":[],"chunk":null}

-- member: books {"fields":["notes.count(book)"]}
INVALID_QUERY count() needs a list, and "book" is none.

-- visitor: books {}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."body" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."status" = ? or t4."live" = ?) order by t4."title" limit ? + 0) t1
  [100,"shown",1,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"concealed","key":"seed"},{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- visitor: books {"fields":"id,title"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"nothing"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"line"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":"title.id"}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["author.name","author.id"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["author.*"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["*","author.*","notes.*"]}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."body" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."status" = ? or t4."live" = ?) order by t4."title" limit ? + 0) t1
  [100,"shown",1,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"concealed","key":"seed"},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- visitor: books {"fields":["*.*"],"limit":5}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."body" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."status" = ? or t4."live" = ?) order by t4."title" limit ? + 0) t1
  [100,"shown",1,5]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"concealed","key":"seed"},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- visitor: books {"fields":["*.*"],"backlink":"false"}
select t1."title", t1."doc", case when t1."seed" is null then null else 1 end, (select json_group_array(json_array(t3.c0)) from (select t2."body" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."body" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."status" = ? or t4."live" = ?) order by t4."title" limit ? + 0) t1
  [100,"shown",1,100]
  → {"outputs":[{"kind":"value","key":"title","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]},{"kind":"value","key":"doc","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]},{"kind":"concealed","key":"seed"},{"kind":"many","key":"notes","shape":{"outputs":[{"kind":"value","key":"body","decode":["1","1","[1]","2030-01-02 03:04:05","1893553445000"]}],"chunk":null}}],"chunk":null}

-- visitor: books {"fields":["shelf.parent.parent.label"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["shelf.parent.parent.parent.label"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["odd","raw","author.books.odd","author.books.raw","author.books.sold","author.books.price"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["shelf.parent.parent.parent.parent.label"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["notes"]}
select (select json_group_array(t3.c0) from (select t2."id" as c0 from "notes" t2 where t2."book" = t1."id" order by t2."place", t2."body" limit ? + 0) t3) from (select t4.* from "books" t4 where (t4."status" = ? or t4."live" = ?) order by t4."title" limit ? + 0) t1
  [100,"shown",1,100]
  → {"outputs":[{"kind":"keys","key":"notes","decode":null}],"chunk":null}

-- visitor: books {"fields":["notes.body","notes.book.title"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["blocks.item"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:authors.name","blocks.item:notes.*","blocks.kind"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:closed.name"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:books.title"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item:authors"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item.name","blocks.item:authors.id"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["blocks.item.id"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["author:authors.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["year(printed)","count(notes)","json(doc, a.b[0])","weekday(updated)","hour(opens)"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["count(doc)"]}
select (case when json_valid(t1."doc") then json_array_length(t1."doc") when t1."doc" is not null then 0 end) from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[{"kind":"value","key":"doc_count","decode":null}],"chunk":null}

-- visitor: books {"fields":["json(doc, a.b.c)"]}
select case when json_valid(t1."doc") then (t1."doc" -> ?) || '' end from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["$.\"a\".\"b\".\"c\"","shown",1,100]
  → {"outputs":[{"kind":"value","key":"doc_a_b_c_json","decode":[1,1,[1],"2030-01-02 03:04:05",1893553445000]}],"chunk":null}

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
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
  → {"outputs":[],"chunk":null}

-- visitor: books {"fields":["line.id"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["author.*","author.count(books)","closed.name"]}
FORBIDDEN You don't have permission to do this, or it does not exist.

-- visitor: books {"fields":["keeper","grant","keeper.id","grant.*"]}
select 1 from "books" t1 where (t1."status" = ? or t1."live" = ?) order by t1."title" limit ? + 0
  ["shown",1,100]
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
