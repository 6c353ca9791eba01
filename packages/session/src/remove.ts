/**
 * Takes an item out of a short list; nothing if it is not in it. A Set that items come into and leave all the time makes a
 * new table again and again, and in V8 an old one that waits for its collection keeps those after it, with all that is in
 * them: that took a third of the time of a long run.
 */
export function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index !== -1) list.splice(index, 1);
}
