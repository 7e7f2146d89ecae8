import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkOf, linksIn } from './link.ts';

describe('what a link leads to', () => {
  it.each([
    ['https://arxiv.org/abs/2401.01234v2', 'arxiv:2401.01234'],
    ['http://www.arxiv.org/pdf/2401.01234.pdf?download=1', 'arxiv:2401.01234'],
    ['https://arxiv.org/abs/hep-th/9901001', 'arxiv:hep-th/9901001'],
    ['https://ar5iv.labs.arxiv.org/html/2401.01234', 'arxiv:2401.01234'],
    ['https://huggingface.co/papers/2401.01234', 'arxiv:2401.01234'],
    ['https://doi.org/10.48550/arXiv.2401.01234', 'arxiv:2401.01234'],
    ['https://doi.org/10.1145/3597503.3639187', 'doi:10.1145/3597503.3639187'],
    ['https://dl.acm.org/doi/abs/10.1145/3597503.3639187', 'doi:10.1145/3597503.3639187'],
    ['https://onlinelibrary.wiley.com/doi/10.1002/SPE.3000/full', 'doi:10.1002/spe.3000'],
    ['https://link.springer.com/content/pdf/10.1007/s10664-1.pdf', 'doi:10.1007/s10664-1'],
    ['https://github.com/Owner/Name/blob/main/a.ts#L3', 'github.com/owner/name'],
    ['https://github.com/owner/name.git', 'github.com/owner/name'],
    ['https://raw.githubusercontent.com/owner/name/main/a.md', 'github.com/owner/name'],
    ['https://api.github.com/repos/owner/name/issues', 'github.com/owner/name'],
    ['https://gitlab.com/group/sub/name/-/tree/main', 'gitlab.com/group/sub/name'],
    ['https://codeberg.org/owner/name', 'codeberg.org/owner/name'],
  ])('%s is %s', (url, id) => {
    expect(linkOf(url)?.id).toBe(id);
  });

  it.each([
    'https://github.com/features/actions',
    'https://github.com/owner',
    'https://arxiv.org/list/cs.SE/recent',
    'https://huggingface.co/owner/model',
    'https://example.org/paper/10.1145',
    'ftp://github.com/owner/name',
    'no link',
  ])('%s is neither paper nor repository', (url) => {
    expect(linkOf(url)).toBeNull();
  });

  it('carries nothing of the query, the fragment, the name or the password', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{12,20}$/), (secret) => {
        const link = linkOf(
          `https://user:${secret}@github.com/owner/name?token=${secret}#${secret}`,
        );
        expect(link).toEqual({
          kind: 'repository',
          id: 'github.com/owner/name',
          url: 'https://github.com/owner/name',
        });
      }),
      { seed: 6 },
    );
  });

  it('is found in a text, each once and without what the sentence puts behind it', () => {
    const text = `See https://github.com/a/b, (https://arxiv.org/abs/2401.01234).
      Again: "https://github.com/A/B/issues/1" and https://example.org/x`;
    expect(linksIn(text).map(({ id }) => id)).toEqual(['github.com/a/b', 'arxiv:2401.01234']);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        linkOf(`https://github.com/${text}`);
        linksIn(`https://${text}`);
      }),
      { seed: 6 },
    );
  });
});
