/**
 * Makes marks for what is asked (3.6): never two alike on the devices of a member. About 50 random bits tell the makers apart, a counter what each has
 * made; nothing depends on nobody's guessing them. At most 30 of `a-z0-9.-`.
 */
export function refs(): () => string {
  const maker = Math.random().toString(36);
  let count = 0;
  return () => `${maker}-${count++}`;
}
