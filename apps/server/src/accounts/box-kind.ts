/** The kinds of boxes an account has: five that its owner's agent made, and the second factor, which the server reads. */
export type BoxKind = 'identity' | 'recovery-identity' | 'recovery-key' | 'own' | 'site-seed' | 'factor';
