// Tries to become, to open and to embed another page; true where no window was given.
async (url) => {
  const add = (tag, name, value) => {
    const made = document.createElement(tag);
    made.setAttribute(name, value);
    document.body.append(made);
    return made;
  };
  const link = add('a', 'href', `${url}/link`);
  link.target = '_blank';
  link.click();
  add('iframe', 'src', `${url}/frame`);
  add('webview', 'src', `${url}/webview`);
  add('form', 'action', `${url}/form`).submit();
  const popup = window.open(`${url}/popup`);
  location.assign('file:///etc/passwd');
  location.assign('javascript:document.title="ran"');
  location.href = `${url}/navigation`;
  return popup === null;
};
