import ts from 'typescript-eslint';

/** Rules are pure: the clock, randomness and IO are arguments, so a rule can be tested as a table. */
const purity = {
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'pass `now` in' },
    { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'pass `now` in' },
    { selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]', message: 'pass a random source in' },
  ],
  'no-restricted-globals': ['error', 'process', 'fetch', 'console', 'crypto'],
};

export default ts.config(
  { ignores: ['dist', '.cache', 'node_modules', 'data', 'coverage', '**/*.gen.ts', 'migrations'] },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [ts.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['scripts/**', 'bench/**', 'src/app/cli/**'], rules: { 'no-console': 'off' } },
  { files: ['src/**/*.{ts,tsx}'], ignores: ['**/*.test.ts', '**/*.test.tsx'], rules: { 'max-lines': ['error', 300] } },
  { files: ['src/**/domain/**/*.ts', 'src/**/policy.ts'], ignores: ['**/*.test.ts'], rules: purity },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/platform/config/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'read the environment in platform/config' }] },
  },
);
