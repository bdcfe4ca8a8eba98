export { AddressRules, isPublic, type OutboundLists } from './addresses.ts';
export {
  type OutboundAnswer,
  OutboundClient,
  OutboundError,
  type OutboundMessage,
  type OutboundRequest,
  OutboundTooLarge,
} from './client.ts';
