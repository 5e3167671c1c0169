/** Days as date fields give them, `2025-01-31`, by the reader's clock, and the moments that the API takes. */

/** First and last moment of a day, ISO 8601; undefined for what is no day yet: a field that is being typed in may hold the year 20261. */
export function momentsOf(day: string): { readonly first: string; readonly last: string } | undefined {
  const first = new Date(`${day}T00:00:00`);
  if (Number.isNaN(first.getTime())) return undefined;
  // However long that day is.
  const last = new Date(first.getFullYear(), first.getMonth(), first.getDate() + 1, 0, 0, 0, -1);
  return { first: first.toISOString(), last: last.toISOString() };
}
