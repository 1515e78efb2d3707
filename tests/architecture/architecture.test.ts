import path from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { LAYERS, LENGTH_LIMIT, LONG_BY_NATURE, type Layer } from './layers';
import { importsOf, packageOf, readSources, ROOT, type ImportOf, type SourceFile } from './sources';

const sources = readSources();
const inFolder = (name: string, folder: string): boolean =>
  name === folder || name.startsWith(`${folder}/`) || name.replace(/\.tsx?$/, '') === folder;

const layerOf = ({ name }: SourceFile): Layer | undefined => LAYERS.find(({ folder }) => inFolder(name, folder));

const allowsPackage = (layer: Layer, specifier: string): boolean => {
  const wanted = packageOf(specifier);
  return layer.packages.some((allowed) => allowed === '*' || allowed === wanted || isBuiltin(allowed, wanted));
};
const isBuiltin = (allowed: string, wanted: string): boolean => allowed === 'node:*' && wanted.startsWith('node:');

const allows = (layer: Layer, { own, specifier, typeOnly }: ImportOf): boolean => {
  if (own === null) return allowsPackage(layer, specifier);
  const folders = typeOnly ? [...layer.own, ...(layer.ownTypes ?? [])] : layer.own;
  return folders.some((folder) => inFolder(own, folder));
};

/** Uses of a free variable called `strapi`, by syntax: a parameter, property or import of that name is fine. */
const usesStrapiGlobal = ({ name, text }: SourceFile): boolean => {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const isDeclared = (node: ts.Node): boolean => {
    for (let scope: ts.Node | undefined = node; scope; scope = scope.parent) {
      if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => declares(parameter.name))) return true;
      if ((ts.isBlock(scope) || ts.isSourceFile(scope)) && scope.statements.some(declaresHere)) return true;
    }
    return false;
  };
  const declares = (binding: ts.BindingName): boolean =>
    ts.isIdentifier(binding)
      ? binding.text === 'strapi'
      : binding.elements.some((element) => ts.isBindingElement(element) && declares(element.name));
  const declaresHere = (statement: ts.Statement): boolean =>
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(({ name: bound }) => declares(bound));
  const isReference = (node: ts.Identifier): boolean => {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return parent.getChildAt(0) === node;
    return (
      ts.isCallExpression(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isElementAccessExpression(parent)
    );
  };
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === 'strapi' && isReference(node) && !isDeclared(node)) found = true;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
};

describe('architecture', () => {
  it('reads the sources it judges', () => {
    expect(sources.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['shared/vocabulary.ts', 'server/src/delivery/ports.ts', 'playground/src/index.ts']),
    );
  });

  it('puts every source file into a layer', () => {
    expect(sources.filter((source) => !layerOf(source)).map(({ name }) => name)).toEqual([]);
  });

  it('lets no import cross a line', () => {
    const crossed = sources.flatMap((source) => {
      const layer = layerOf(source);
      if (!layer) return [];
      return importsOf(source)
        .filter((imported) => !allows(layer, imported))
        .map(({ specifier }) => `${source.name} (${layer.folder}) imports ${specifier}`);
    });
    expect(crossed).toEqual([]);
  });

  it('imports only packages that the installation brings', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      peerDependencies: Record<string, string>;
    };
    const shipped = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
    // Only types are taken from these: they are gone when the code runs.
    const typesOnly = new Set(['knex']);
    const missing = sources
      .filter(({ name }) => /^(server|admin|shared|cli|simulator)\//.test(name))
      .flatMap((source) =>
        importsOf(source)
          .filter(({ own, specifier }) => own === null && !specifier.startsWith('node:'))
          .map(({ specifier }) => packageOf(specifier))
          .filter((name) => !shipped.has(name) && !typesOnly.has(name))
          .map((name) => `${source.name} imports ${name}`),
      );
    expect(missing).toEqual([]);
  });

  it('takes only types from knex, which Strapi brings', () => {
    // Benchmarks run in this repository, where knex is installed; what is published must find Strapi's own.
    const published = sources.filter(({ name }) => !name.startsWith('bench/'));
    const values = published.filter(({ text }) => /^import (?!type )[^;]*from 'knex'/m.test(text));
    expect(values.map(({ name }) => name)).toEqual([]);
  });

  it('keeps files short enough to read in one go', () => {
    const long = sources.filter(({ name, lines }) => lines > LENGTH_LIMIT && !LONG_BY_NATURE.includes(name));
    expect(long.map(({ name, lines }) => `${name}: ${lines} lines`)).toEqual([]);
  });

  it.each(LONG_BY_NATURE.filter((name) => existsSync(path.join(ROOT, name))))(
    '%s says at its top why it is long',
    (name) => {
      const text = readFileSync(path.join(ROOT, name), 'utf8');
      const reasonNeeded = text.split('\n').length > LENGTH_LIMIT;
      expect(!reasonNeeded || /length/i.test(text.split('\n').slice(0, 8).join('\n'))).toBe(true);
    },
  );

  it('takes Strapi as an argument everywhere', () => {
    expect(sources.filter(usesStrapiGlobal).map(({ name }) => name)).toEqual([]);
  });

  it('would notice a crossed line and a global', () => {
    const bad = {
      name: 'server/src/domain/bad.ts',
      text: "import '../gateway/client';\nstrapi.log.info('x');\n",
      lines: 2,
    };
    const layer = layerOf(bad);
    expect(layer?.folder).toBe('server/src/domain');
    expect(importsOf(bad).every((imported) => layer && allows(layer, imported))).toBe(false);
    expect(usesStrapiGlobal(bad)).toBe(true);
    expect(usesStrapiGlobal({ ...bad, text: 'export default ({ strapi }: Bag) => strapi.log.info("x");' })).toBe(false);
  });
});
