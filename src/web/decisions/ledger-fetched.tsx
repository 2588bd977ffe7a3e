import { ApiProblem } from '../api/client.ts'
import { SignInLink } from '../shell/sign-in-link.tsx'
import { Empty, Failed, Loading } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'

interface LedgerFetchedProps<T> {
  readonly query: {
    readonly data: T | undefined
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  /** One of these is needed to see it. */
  readonly scopes: string
  readonly children: (data: T) => React.ReactNode
}

/** What was fetched of the ledger, or how it stands with it: refusals say what right is needed. */
export function LedgerFetched<T>({ query, scopes, children }: LedgerFetchedProps<T>) {
  const { data, error, refetch } = query
  if (data !== undefined) return children(data)
  if (error === null) return <Loading />
  return <LedgerFault error={error} scopes={scopes} again={() => void refetch()} />
}

interface LedgerFaultProps {
  readonly error: Error
  readonly scopes: string
  readonly again: () => void
}

/** Why nothing of the ledger is shown, and what to do about it. */
export function LedgerFault({ error, scopes, again }: LedgerFaultProps) {
  const { w } = useWords()
  const status = error instanceof ApiProblem ? error.problem.status : undefined
  if (status === 401)
    return (
      <Empty title={w.decisions.signedOut} help={w.decisions.expired}>
        <SignInLink />
      </Empty>
    )
  if (status === 403) return <Empty title={w.decisions.refused} help={w.decisions.needs(scopes)} />
  return <Failed error={error} again={again} />
}
