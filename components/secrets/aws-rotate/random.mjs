// A random text that nothing but the store holds: there is nowhere to set it, and only its being new to test.

export const next = (current, draw) => draw(current.length);

export const set = async () => {};

export const test = async (pending, current) => {
  if (pending === current) throw new Error("The new value is the old one");
};
