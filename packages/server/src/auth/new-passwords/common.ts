import { createHash } from 'node:crypto';

/**
 * The 500 most common passwords of known breaches, in lower case: the first 66 bits of each one's SHA-256 (base64url), so
 * that nobody has to read them. From the frequency list of zxcvbn-ts 4.1.3 (MIT licence, by MrWook and contributors).
 */
const DIGESTS: ReadonlySet<string> = new Set(
  `
  -GqoaMO01aA -RamtU_M9Pv -THDCPxbYLQ -V_J0lUxTe6 -YYNTB_nIzD -_s4bv6mfoF -iEV-NV2pqt -jQBFEmM-w9 -lv4eay5G9Y
  -xK7blgCJXh 00pWmreqpU2 032WtCrUM4S 04aBB0RnwLw 0HhMaxeF3NR 0IH15AKYCyZ 0M_C5TGbgs3 0W8G_iVdgB4 0XEIdH6SJhP
  0_QAeatTheL 0aS-GbPPwoP 0i8RWr1rRPm 0mQYiO1kJq_ 0mU_98uy2P8 0qG6eIOZyNH 0vEp3TBtHXp 0zTLl_L28Hy 0zTLrEuz8kL
  1-g-KKBLU35 10_w7o2juYB 11qDjcdYuhf 1EMmiIX2qCF 25-929fK7_e 28SgQycXbmV 2AjP1mIVuco 2XmIVEekE6u 2kVLArRwCx9
  2l_iCYjI6Sv 2qrW5WBOjhe 3DVex1otxKH 3G9-ejlAzwR 3J8osS3RgY7 3KbslRD8AXb 3RMKhJ17KeV 3VbeQTeVHZy 3g3oKsajOAM
  4GfovrOiljL 4I1waz5M6WS 4KMuXPcJo2d 4LxgyCcT9k7 4fxF94gOBQX 4ihNw7VTVkU 4tJ5y6Ra2iK 5K2TygesuNk 5P5bPxjzlq6
  5U_GtRkV4iK 5dUD1FgiKcT 5m6adp0VlYL 5uYu5VgZzcE 6AMmBERxccx 6DZkJVxpY-l 6HYOiqcgO9I 6PVoYtdO9Vm 6WBadACWcqM
  6aY6TrFXOK6 6c7nGrky_eh 6jhhdaXnsBv 6mbwa9jTe79 6qK97TLMWF0 6rGKfr5KCeN 71EwYhTZpjY 73l8gRjwLft 7OC2aSThcYk
  7UXWJrBxEqi 7UmIewA8P8d 7i7ir5DA-nN 7k4w54C8xf_ 7liBSav7bxX 7nmXbJOA1eM 7ungFyu_WoA 8LE5JCtJfIp 8OTC92xYkW7
  8VwWuZ-C2CA 8ZlqfNpIvKD 8tgaJg3qihA 90jQx9WOr29 9QxR7SMV3PP 9ZA_UeNBp4P 9idNmJICb-R 9vyEyfIcJJB 9wf92nyHT_S
  A6jw3Y7bM3g A6xnQhbz4Vx AAwoVFf8lx- AWIRSDBvyPt AYzD6LTDvlz AdAn-ZxlioY B6CjvReD3mM B9BG1frBKz- B9cV7baW-19
  BH0NIdzvAPv BOd7-Plcs-G BSKlXi1fCZO BZoAGSWS1UR BgBrrCfob8p BqRzUOqhgB1 Brmm6s16d7k BymaP4hD0s3 C7CdgGAO7D6
  CHdRg7Ds-di CLtCowylfzR CN3_Tr45JJq CcWH-ygsNCP CwS61X07LG8 CxTVAaWURCo DyjElg2WZH5 E2b6xxFGeTq E2xnZXYUMR8
  E6Rl_GYW2o0 E6XCAuMg0L- E7H37Fvq78e ECzxC1KGutn EP6Crblk-nP ETTk9KE7Bq6 EZya5vnKdBv EqMDwiTCUNB EtRxON4MBh5
  F4XPw7xqx3O FCcr02HJmQY FTLnbb6dQ9D FcbWERk5iOR FeKw08M4keu Fkd2iMDgBpn FqLdOoclk5A G0yRM9pzpxE GAygG5Xw390
  GFX4_g6U4vi GTEwcgLKjmt Go2d6UkDAtL Gr6PWspgRce HEZzOclgoQe HIv-j4AdeXR HbSgBBh2JBk HfGFQBXjHKK Hs1BwD73i9b
  Hve7G6lZ0sO I01tMey50xI I7XtKaHoQJ9 I93aSBAGjMR IDtwta6IOTI IHD3Jf8cdlt IOCeQ0kSOBo IUSlb3cobQy J4C47vmY1ur
  JBP7NwmwWTn JItXxcq7yZR JjLsBuLC5Up Jq5h3mlEGRT JqBTcGE8z1b Jw12x4sIHbc K-TjOqPiH2_ K7gNU3sdo-O K8Blk4HFpeo
  KA1Eqx6febX KKUW8KZzf2v KPARbvQr9xg KZ1mMdY5JWp LPJNul-wow4 LUeVtaSwDrO LqDSXlGSDcC M3uNLB4TKs1 M8YUyjz3iCe
  MIc4uBldpG1 MKmJr8gsCiE MMHVJNciHDx MMVGH8J7hPH MSQzwoNJ9jx MVBqhEinYaR MWERWefm_3h N3l5EPR3_rm N5Iktxo89Kg
  N7_ctMUHk6Y N7o4gRCL8-S NFUHFQYq8Aa NGeTR2r3wKV NQx1S6TTiJd NWAiCOhqx9a Na8l9aX9rGQ NyHhoq1V9aw NykNdKxNGG4
  O-elBUg8AFA O4DTj3aGqLX O7aN5g9WFWZ OhINwVibsvD OnvT4jYKPSn Ow_g00Lp-ha P-H3WEgzGD4 PEDGqmuj2Ej PGYVeET6jOf
  PMhJJ5uimLW PRTC1OTO2B5 PvgcsYvarC9 QAfUYpIpjoP QIx8WIeg85B QTWqncG4QqZ QTjPvF028x6 QUAZfseVmxw Q_95LXn3WJD
  QiGg_D37_YM Qs3TOCC8-P9 R-G6ZpowkVz R0jUyAKndej RMWZCfF8KW1 ROjdNsVM6KQ RdfELLZSZa6 Rh8JVWwm8hA Rm0anMUPBNT
  SJ9xnK35GQl SP4gsUODlsi Se_3R_e2b3A SwWreJPoYEQ T58QswTP6bK TR0T_f2XP4W TU8mNpFxmU8 TqXuaP6gVYY UCkTv91J6rV
  UDDFvQAt6HE UJTcrWGsqEr UQEz_gKfPwd UZupGlpbSvu UbkS80rhi05 Ue7tclHz9WK Unqp9DFTnaj UujkezjoVFg Uy8BHsif8OL
  VIo5YZqBLkU VQmEDQhzrbB VW8H0JhQmV- VszE3PyWU0s W-CIi74gh_l WJcmWUAcvum WZRHGrsBESr WqeuQrsweK0 X9kkYl9qsWo
  XIBWXbbynaC XX8V8vzo3bL XXJDYlatpTg XgF2ydIHClo XohImNooBHF Xz1pUsXF4iB Y1RQUDAp_CS Y4Lerx9dxue YGGRP4gdTcq
  YIX-4pl6U_4 YImFTJTKVFS YKD3i1B_Ykm YWGwooQVlWW YWGyg4_6bOF Yb_-qSFfZRZ Yl_nTK1GALX YoYSuAPGR6f Yx_6ULWaAFF
  Z6fVd3_t2m9 ZGBmLiF8ep- ZItKH9swBUb ZLTQ9HyTziP ZehL4zUy-3h Zly3YuO8A9B Zmg87_rplec _0jlEeFjj8N _7KRAyg7a5m
  _FL6vpTA4Df _GE7Tf1nNqe _Igao01EZg4 _bfVxwGjtKm _wZTWsECnMo a98LLfwuAiG aG90apW2-Db aL51UIRuzYe adQhH4mZpd5
  asPDNuQJSDU bKE9UspwyIP bLCf5yo0cad bRFzxCTHXSA bRxYWVUIJNQ bV7x_baMWrE bbyB8Pp2FX4 bgDNVizC2I4 c-y0udgsYgp
  c0modt328db c55y8tsWMCs c80bFsT7gwY cBAzriZBGQj cI5LKjJOkZI cTDfQzVewls cUt0uf15vzN cV3ISTw2V5p cdokjGBJE0c
  cquZT6LrQmw ctAWa1cH0Sn cvS-idbrqxS cwVR9brUrwY d4EROpnxdyg d8ZpFkw3fjn dN1zC1w2wct dPygMltf2zo dmpa0KNJSn8
  dobSCnTpIJP e4UXW0VQYOM eM3mTD5H8sv eP4_BXaP86l eaapM9_JsZd ejRbpeGJVYM eoUOhf650zY f1qboUy4ncI ff73rtIQW37
  fugRgVDgzgI g-1SB6QReWA g015yqbg77H g2BjKitBSYx gFN9ZdR5ovm gLFQnqN2QyU gNQcVKjObSa gR64G50R1lo gY7-RqbC3bl
  gZg3od-Jdg4 gaxKkwWh6Ll gcnWEotfzXu gf3_KD7Cgpt gm01H0_JE6Q go_rt2Ca_V5 h0X4ZkCtLta h6cMoAy5i3O hFix1lHZ-vJ
  hXOPj5p_GwS hYgxCphnavb hzrJ_-pN0E- i7DPbrmxfQ9 iHmt3rGMayn iLHMpZBgMg5 j-Ju-9bDmYT j0o8_ZvgTxF j87QC2zigUV
  j92IDwl83f7 jBzbnLTbrG2 jDvJezbRfxM jE_YssJP_MI jFwEORNhy_S jGSaj4Xz2J1 jLvPKdnO-JZ jSrItY6tl0T jT4L9oXQd3h
  jTqhpvIn1xR jZae727K08K je879deKuyR jgobCtpCFyi jmdApVJrAL5 jpJAJaJsWEr jumTjkuWClB jw4vduIrQ-K jyf0Mvy6pLU
  k0oR5gJoLoY kMwzpBtUGvL kSRuYO19wDM kX67M5ay_y4 kZ5oDuRghJp kbTRQoI_fSD lO3yjG1to4_ ldna7jsJmO_ lhHWbS0YOqp
  lo4tWwhoe_Q lsrjXOipsCR ltljLzY1ZMw lylktmvf5rW m9Lvep3bsiO mSNF8htX1o9 m_oLUKkOZpk mb3gaK8tSe1 mpAEA6wxO6J
  n-k0F4U3OcH n4bQgYhMfWW nBXoFgaZRvv nOjbkiqPSnq nXd5NWJ6Kcd n_hHZkSQO6b nmnn4pNRrYN noYZQa2L9by nwyYndPkx6b
  o0QQaeQioUE o4Ti-Gjb4jR oB7a2RwAq-e oFYf1knNtrq oIEaR7Himcg oLfCRfqzNEZ oXREVQ4sEns oeSNrsVBRRR okcMnRN8HF0
  olknas8c2CW opRF_Zw8SDD owyJtEbg6Kt oy2dfGGHiGw oyBID1NHdr3 p2t_Jba6XsU p4rktNLowee pTW08AtQ4dF pXoHyyWAk7K
  p_6dy8r6hVn prcKilB0_BL pscM9Nb7wGe pwpZs5ga84W q5GoLRTPxhJ q8UppLZzy7v qEVxOUtemf5 qS9r23V4m8z qUGkxP0MAc3
  qV3E6JmsFW5 qcQ76UjFyr1 qoZvOKY5aS- qpcwIVD86BF quCgn_XJuSR quW-X2R0kEt qw9N6ORj_wL qxy3EvLcp1Y rBOotTTfSij
  rR0KM9FHXin rUlBOGwJCsV rVBbC-ikm4k rlCtgaLUAG4 rlqFOHMEPHs ruQIhH015E6 s3HbxLAmj9T s9TNZBy7gSO sBIKtFlVjzD
  sBd0Nmsr6pA ssA_fmqY3P6 tB5lYKRGeqR tHSpmicF4jz tJPUg2Sv5E0 tN74IXytrib tUoa-LZm9hw t_xuquG8fQc ta0SEwe5xIZ
  thlvd4S8Osw togj7e0Lycf tq00sLa344- tru8bwSii7M tvjUNKhH-w8 tySc0HPXSoP tzhG3VNZJ6y u2HvQIFM40w u2R-KbNDNAe
  uFEJMtrT3fD uJ2rgIxYX4i uRjD-RFs46Y uYi1g3wkrRm ud2WDBdTRZp uikpe2xPhIb ukeIsiaqjcL unI0NaZuSQU uv9PtiyLHFp
  vJi7UOgJSyr vLFfghR5tNV vNFkK8oWPaP vT2uX7kfiKT vjkreSgJZRz vqr6UQvMd0s vvoVbwKD6wB wAbH46sU1ob wGsM_gzF6QD
  wKSUIUPocs0 wS6oEHoSEFd wq_dOFZbAfJ wtIUpITp1E0 wut4mLtncVA x3Xnt1ft5jD x5BMlVEHLAz x8CEMYtvG-z x8ExknbpNsj
  xG2H8ftKXfb xUIsBSv717v xY3Qo3YACMk xkl1ujzz-c1 xoWiybqyNcz xuftJwmollj y-r_MU71rQM yBK4Rr2LVM_ yUu18mjYFLf
  ybgrkK5XLIQ ygtkLtDByZA ylLn0cGJYaj ynAMiqC4Vmu z-cw5G7MKtw z0B_4-qxVh6 z4DNiu1ILV0 zQjExDFt8g2 zaPDc_GfHFE
  zbWTVfO6KTl zh2AHRUtuDf zhSE9QRB-ZO zshHjS_u36e zwYi7ypmHNL
  `
    .trim()
    .split(/\s+/),
);

/** Whether it is one of the passwords that are tried first. */
export const isCommon = (password: string): boolean =>
  DIGESTS.has(createHash('sha256').update(password.toLowerCase()).digest('base64url').slice(0, 11));
