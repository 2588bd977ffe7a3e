/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean>, patience = 10_000): Promise<void> {
  const end = Date.now() + patience
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it never came to be')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
