/**
 * Makes marks for what is asked (3.6): never two alike, on whatever device of whatever member. 64 random bits tell the makers apart, a counter what
 * each has made. At most 24 of `a-z0-9-`.
 */
export function refs(): () => string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  const maker = [...random].map((bits) => bits.toString(36)).join('');
  let count = 0;
  return () => `${maker}-${(count++).toString(36)}`;
}
