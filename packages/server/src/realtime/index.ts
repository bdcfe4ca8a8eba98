export { Following } from './following.ts';
export { Hub, type HubParts } from './hub.ts';
export { queryOfChanges, WishNumbers } from './item-wish.ts';
export { actOnItems } from './items.ts';
export { errorMessage, type Message, Refusal, readMessage, withUid } from './messages.ts';
export { firstAnswer, readSubscribe, uidOf } from './subscribing.ts';
export { type ChangeAction, type Follower, type Reading, Subscription, type Wish } from './wish.ts';
