/** 128 random bits. Not randomUUID: that one is missing where an intranet serves the desk over plain http. */
export const newClientId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
