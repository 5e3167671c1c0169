/** Line drawings of 20 × 20, in the colour of the text around them. They say nothing: the button's label does. */
import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** The mark: a line with a knot, someone at the end of it. */
export const Mark = () => (
  <Icon>
    <path d="M2.5 15.5c4 0 3.6-9 7.5-9" />
    <circle cx="13" cy="6.5" r="3" />
    <path d="M16 6.5c1 0 1.5.4 1.5 1.4" />
  </Icon>
);

/** A speech bubble with the line in it. */
export const ChatIcon = () => (
  <Icon>
    <path d="M10 3c4.4 0 7.5 2.7 7.5 6.3s-3.1 6.2-7.5 6.2c-.9 0-1.7-.1-2.5-.3L3.7 17l.9-3.3A5.8 5.8 0 0 1 2.5 9.3C2.5 5.7 5.6 3 10 3z" />
    <path d="M6.5 10.8c2 0 1.7-3 3.7-3" />
    <circle cx="12" cy="7.8" r="1.7" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);

export const MenuIcon = () => (
  <Icon>
    <path d="M4 10h.01M10 10h.01M16 10h.01" stroke-width="2.6" />
  </Icon>
);

export const SendIcon = () => (
  <Icon>
    <path d="M10 16V4.5M5 9.2l5-4.9 5 4.9" stroke-width="1.9" />
  </Icon>
);

export const AttachIcon = () => (
  <Icon>
    <path d="m16 9.3-6.2 6.1a3.6 3.6 0 0 1-5.1-5l6.5-6.5a2.4 2.4 0 0 1 3.4 3.4l-6.4 6.4a1.2 1.2 0 0 1-1.7-1.7L12 6.7" />
  </Icon>
);

export const FileIcon = () => (
  <Icon>
    <path d="M11.5 2.8H6A1.3 1.3 0 0 0 4.7 4v12A1.3 1.3 0 0 0 6 17.2h8a1.3 1.3 0 0 0 1.3-1.2V6.6zM11.5 2.8v3.8h3.8" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="M10 4v11.5M5.2 11l4.8 4.7 4.8-4.7" />
  </Icon>
);
