import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ApiProblem } from '../api/client.ts'
import type { Asker } from '../api/screenings.ts'
import { useSession } from '../shell/session.tsx'
import { Empty, Fetched } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'

/** What only those who are signed in can use; the service says whether they may. */
export function AuditorOnly({ children }: { children: (asker: Asker) => React.ReactNode }) {
  const { w, language } = useWords()
  const { token } = useSession()
  if (token !== null) return children({ token, language })
  return (
    <Empty title={w.screenings.signedOut} help={w.screenings.signedOutHelp}>
      <Link href="/sign-in">{w.screenings.signIn}</Link>
    </Empty>
  )
}

/** What was fetched; or that the account lacks the right to it. */
export function Refusable<T>({ query, children }: RefusableProps<T>) {
  if (isRefused(query.error)) return <Refused />
  return <Fetched query={query}>{children}</Fetched>
}
interface RefusableProps<T> {
  readonly query: UseQueryResult<T, Error>
  readonly children: (found: T) => React.ReactNode
}

export function Refused() {
  const { w } = useWords()
  return (
    <div className="card" role="alert">
      <p>{w.screenings.refused}</p>
      <Link href="/sign-in">{w.screenings.signIn}</Link>
    </div>
  )
}

export const isRefused = (error: Error | null) =>
  error instanceof ApiProblem && error.problem.code === 'forbidden'
