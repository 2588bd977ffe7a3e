import { ApiProblem } from '../api/client.ts'
import type { PageWords } from '../words/use-words.ts'

/** What went wrong, in the words of the service or of the page; never in those of the browser. */
export function failureText(error: Error, w: PageWords): string {
  return error instanceof ApiProblem ? error.message : w.common.offline
}
