// Tries to run a text as a program; resolves with what the page's policy says to it.
() =>
  new Promise((resolve) => {
    const refused = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      refused.push(effectiveDirective);
      if (refused.length === 2) resolve(refused.sort());
    });
    const script = document.createElement('script');
    script.textContent = 'document.title = "ran"';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', `<b onclick="document.title='ran'">x</b>`);
    document.body.querySelector('b[onclick]').click();
  });
