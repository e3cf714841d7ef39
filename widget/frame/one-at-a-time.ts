/** Runs it while no other tab of this browser does the same, where the browser can see to that; else at once. */
export async function oneAtATime<T>(name: string, run: () => Promise<T>): Promise<T> {
  let begun = false;
  const once = () => {
    begun = true;
    return run();
  };
  try {
    // Pages without https have no locks; frames whose storage is blocked have them and are refused.
    if (navigator.locks) return await navigator.locks.request(name, once);
  } catch (error) {
    if (begun) throw error;
  }
  return once();
}
