import type { Problem } from '../api/client.ts'
import type { FieldError } from '../household/error-summary.tsx'
import type { PageWords } from '../words/use-words.ts'

/** Whether a file holds lines of JSON, members included. */
export const isLines = ({ name }: File) => /\.ndjson$/i.test(name)
const isTable = ({ name }: File) => /\.(csv|parquet)$/i.test(name)

interface Chosen {
  readonly households: File | null
  readonly members: File | null
  /** Null: all programmes. */
  readonly chosen: readonly string[] | null
}

/** What can be told before anything is sent. */
export function fileFaults(
  { households, members, chosen }: Chosen,
  w: PageWords,
): readonly FieldError[] {
  const words = w.screenings.upload
  const faults: FieldError[] = []
  const fault = (id: string, name: string, message: string) => faults.push({ id, name, message })
  if (households === null) fault('f-households', words.households, words.chooseFile)
  else if (!isLines(households) && !isTable(households))
    fault('f-households', words.households, words.otherFile)
  if (households === null || !isLines(households)) {
    if (members === null) fault('f-members', words.members, words.chooseFile)
    else if (!isTable(members)) fault('f-members', words.members, words.otherPair)
  }
  if (chosen?.length === 0) fault('f-programmes', w.household.which, w.household.pickOne)
  return faults
}

/** What the service found wrong, each at its field: `/members/dateOfBirth` is a column of a file. */
export function fieldErrors(
  errors: NonNullable<Problem['errors']>,
  w: PageWords,
): readonly FieldError[] {
  const words = w.screenings.upload
  const names: Readonly<Record<string, string>> = {
    households: words.households,
    members: words.members,
    asOf: words.asOf,
    jurisdiction: w.household.city,
    programmes: w.household.which,
  }
  return errors.map(({ pointer, message }) => {
    const [, field = '', column] = pointer.split('/').map(unescaped)
    return {
      id: `f-${field === '' ? 'households' : field}`,
      name: names[field] ?? pointer,
      message: column === undefined ? message : words.column(column, message),
    }
  })
}

/** One segment of a JSON pointer (RFC 6901). */
function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}
