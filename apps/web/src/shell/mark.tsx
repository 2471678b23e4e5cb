/** The sign of Blockwise: blocks, and cells inside of one. */
export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="1" width="20" height="5" rx="1.5" fill="currentColor" />
      <rect x="1" y="8.5" width="9" height="5" rx="1.5" fill="currentColor" opacity="0.75" />
      <rect x="12" y="8.5" width="9" height="5" rx="1.5" fill="currentColor" opacity="0.45" />
      <rect x="1" y="16" width="20" height="5" rx="1.5" fill="currentColor" />
    </svg>
  );
}
