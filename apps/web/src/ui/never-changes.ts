/** For `useSyncExternalStore`: what the server cannot know, and a browser knows for ever. */
export function neverChanges(): () => void {
  return () => {};
}
