import type { Asking } from '../api/ledger.ts'
import { useSession } from '../shell/session.tsx'
import { SignInLink } from '../shell/sign-in-link.tsx'
import { Empty } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'

/** What only those who are signed in may see; others are led to sign in. */
export function SignedIn({ children }: { children: (asking: Asking) => React.ReactNode }) {
  const { w, language } = useWords()
  const { token } = useSession()
  if (token !== null) return children({ token, language })
  return (
    <Empty title={w.decisions.signedOut} help={w.decisions.signedOutHelp}>
      <SignInLink />
    </Empty>
  )
}
