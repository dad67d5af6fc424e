// Makes the route tree from src/app/routes.ts; the type check and the build need it, git does not keep it.
import { Generator, getConfig } from '@tanstack/router-generator';

const config = getConfig({
  target: 'react',
  virtualRouteConfig: './src/app/routes.ts',
  routesDirectory: './src/app',
  generatedRouteTree: './src/app/routeTree.gen.ts',
  disableLogging: true,
});
await new Generator({ config, root: process.cwd() }).run();
