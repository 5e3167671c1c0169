/**
 * Whether a channel's name for a conversation can be its id. Longer ids, and signs that steer, are no engine's key and no directory's
 * name to carry.
 */
export const isConversationId = (id: string): boolean =>
  new TextEncoder().encode(id).length <= 1_000 && !/^$|[\p{Cc}\p{Cs}]/u.test(id);
