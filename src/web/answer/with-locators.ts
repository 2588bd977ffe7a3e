import type { Answer } from '../api/client.ts'

const CITED = /([(（])([a-z0-9-]+)([)）])/g

/** A step of a sum whose clauses stand as a reader finds them: by their place in the document, not by id. */
export function withLocators(step: string, clauses: Answer['clauses']): string {
  return step.replace(CITED, (whole, open, id, close) => {
    const clause = clauses[id]
    return clause === undefined ? whole : open + clause.locator + close
  })
}
