export { Chain } from './chain.ts';
export { type Sealing, startSealing } from './sealing.ts';
export { type Finding, type Head, type Verification, verifyLog } from './verify.ts';
