import { Link, useLocation } from 'wouter'
import { useWords } from '../words/use-words.ts'
import { useSession } from './session.tsx'

/** The way to the sign-in screen, and back to this one afterwards. */
export function SignInLink() {
  const { w } = useWords()
  const { setBack, expired } = useSession()
  const [here] = useLocation()
  return (
    <Link href="/sign-in" onClick={() => here !== '/sign-in' && setBack(here)}>
      {expired ? w.signIn.startAgain : w.settings.signIn}
    </Link>
  )
}
