import { Problem } from '../../model/errors.js'

/** The problem that callers see when a store fails; what failed is its cause, for the log. */
function unavailable(cause: unknown): Problem {
  return Object.assign(new Problem('store-unavailable'), { cause })
}

/** Functions whose every failure is `store-unavailable`. */
export function guarded<T extends object>(functions: T): T {
  const entries = Object.entries(functions).map(([name, run]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (run as (...args: unknown[]) => unknown)(...args)
      } catch (error) {
        throw unavailable(error)
      }
    },
  ])
  return Object.fromEntries(entries) as T
}
