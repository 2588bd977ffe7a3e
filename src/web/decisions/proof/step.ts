/** How a check came out: `uncheckable` where the browser cannot, `gone` where the bytes were erased. */
export type StepStanding = 'passed' | 'failed' | 'uncheckable' | 'gone'

/** Every check there is, by its name in the words. */
export type StepName =
  | 'entry'
  | 'shown'
  | 'facts'
  | 'receipt'
  | 'inclusion'
  | 'checkpoint'
  | 'outside'
  | 'outsideSigned'
  | 'outsideBegins'

/** One check: how it came out, and the values that were held against each other. */
export interface Step {
  readonly name: StepName
  readonly standing: StepStanding
  /** What is stated and what was computed; equal when it passed. */
  readonly stated?: string
  readonly found?: string
}

/** Runs a check; one that cannot even be carried out on what was sent has failed. */
export async function step(
  name: StepName,
  check: () => Promise<Omit<Step, 'name'>>,
): Promise<Step> {
  try {
    return { name, ...(await check()) }
  } catch {
    return { name, standing: 'failed' }
  }
}

/** A check of two texts that must be the same. */
export function sameText(stated: string, found: string): Omit<Step, 'name'> {
  return { standing: stated === found ? 'passed' : 'failed', stated, found }
}

/** JSON in one order of keys, so that equal values are equal texts. */
export function ordered(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
