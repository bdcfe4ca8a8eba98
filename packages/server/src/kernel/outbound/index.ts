export { AddressRules, isPublic, type OutboundLists } from './addresses.ts';
export {
  type OutboundAnswer,
  OutboundClient,
  OutboundError,
  OutboundForbidden,
  type OutboundMessage,
  type OutboundRequest,
  OutboundTooLarge,
} from './client.ts';
