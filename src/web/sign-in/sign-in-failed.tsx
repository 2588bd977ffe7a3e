import { useWords } from '../words/use-words.ts'
import type { Failure } from './provider.ts'

/** Why nobody is signed in: the provider's doing, or this service's. */
export type Trouble =
  | Failure
  | { readonly kind: 'notAccepted' | 'service' | 'nobodyWaits'; readonly code?: string }

/** A code as OAuth has them; anything else is not shown. */
const CODE = /^[a-z_]{1,60}$/

/** Says why nobody was signed in and what to do. */
export function SignInFailed({ trouble: { kind, code = '' } }: { trouble: Trouble }) {
  const { w } = useWords()
  return (
    <div role="alert">
      <h2>{w.signIn.failed}</h2>
      <p>{w.signIn.trouble[kind]}</p>
      {CODE.test(code) && (
        <p className="quiet">
          {w.signIn.code} <code>{code}</code>
        </p>
      )}
    </div>
  )
}
