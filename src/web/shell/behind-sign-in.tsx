import type { Asking } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'
import { useSession } from './session.tsx'
import { SignInLink } from './sign-in-link.tsx'
import { Empty } from './states.tsx'

interface BehindSignInProps {
  /** Why nobody else may see it. */
  readonly help: string
  readonly children: (asking: Asking) => React.ReactNode
}

/** What only those who are signed in may see; others are led to sign in. */
export function BehindSignIn({ help, children }: BehindSignInProps) {
  const { w, language } = useWords()
  const { token, expired } = useSession()
  if (token !== null) return children({ token, language })
  return (
    <Empty title={expired ? w.signIn.ended : w.signIn.needed} help={help}>
      <SignInLink />
    </Empty>
  )
}
