import type { ReactNode } from 'react';

/** The product's name as a mark: three lines of a talk, the first one ours. */
export function Wordmark(): ReactNode {
  return (
    <span className="fl-wordmark">
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
        <rect width="16" height="16" rx="4" className="fl-mark" />
        <path d="M4 5h8M4 8h8M4 11h4" className="fl-mark-lines" />
      </svg>
      firstline
    </span>
  );
}
