// The house, as rules (docs/decisions/0001-the-house.md). Each rule has been seen to fire on a planted breach.
const S = '^src/features/([^/]+)/';
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule('lib-is-leaf', { path: '^src/lib/' }, { path: '^src/', pathNot: '^src/lib/' }),
    rule('platform-knows-no-feature', { path: '^src/platform/' }, { path: '^src/(features|ui|app|browser)/' }),
    rule('ui-knows-no-feature', { path: '^src/ui/' }, { path: '^src/(features|platform|app)/' }),
    rule('browser-is-leaf', { path: '^src/browser/' }, { path: '^src/', pathNot: '^src/(lib|browser)/' }),
    rule('server-has-no-browser', { path: '^src/(platform|features/[^/]+/(?!web/))' }, { path: '^src/browser/' }),
    rule('domain-is-pure', { path: S + '(domain/|policy\\.ts)', pathNot: '\\.test\\.ts$' },
      { pathNot: ['^src/features/$1/(domain/|policy\\.ts)', '^src/lib/'] }),
    rule('contract-is-thin', { path: S + '[a-z-]*contract\\.ts' },
      { pathNot: ['^src/features/$1/domain/', '^src/features/$1/[a-z-]*contract\\.ts$', '^src/lib/', 'node_modules/(zod|@orpc/contract)/'] }),
    rule('web-sees-only', { path: S + 'web/' },
      { path: '^src/', pathNot: ['^src/(lib|ui|browser)/', '^src/features/$1/(web/|domain/|messages/|policy\\.ts$|[a-z-]*contract\\.ts$)', S + 'contract\\.ts$', S + 'web/public\\.tsx$'] }),
    rule('web-has-no-node', { path: ['^src/(ui|browser)/', S + 'web/'], pathNot: '\\.test\\.tsx?$' }, { dependencyTypes: ['core'] }),
    rule('answer-page-is-light', { path: '^src/features/assessment/web/answer/' },
      { path: ['^src/ui/', 'node_modules/(react|react-dom|@mantine|@tanstack|@orpc|zod)/'], dependencyTypesNot: ['type-only'] }),
    rule('server-has-no-web', { path: S + '(?!web/)' }, { path: ['^src/ui/', S + 'web/'] }),
    rule('features-meet-at-public', { path: S },
      { path: S, pathNot: ['^src/features/$1/', S + '(public|contract)\\.ts$', S + 'web/public\\.tsx$', S + 'schema\\.ts$'] }),
    rule('foreign-schema-only-from-schema', { path: S + '(?!schema\\.ts)' }, { path: S + 'schema\\.ts$', pathNot: '^src/features/$1/' }),
    rule('nobody-imports-app', { path: '^src/(?!app/)' }, { path: '^src/app/' }),
    rule('no-test-imports', { pathNot: '\\.test\\.tsx?$' }, { path: '\\.test\\.tsx?$' }),
  ],
  options: {
    tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
