/** The panel of Strapi as a person uses it. Every method ends in a state that can be seen, none waits for time. */
export const createPanel = (page, { panel, email, password }) => {
  const open = (path) => page.goto(`${panel}${path}`);

  const logIn = async () => {
    await open('/auth/login');
    await page.locator('input[name="email"]').fill(email);
    await page.locator('input[name="password"]').fill(password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.getByRole('link', { name: 'SMS', exact: true }).waitFor();
  };

  /** Does something that makes the Content Manager write, and waits until the server has answered. */
  const write = async (what, act) => {
    const [response] = await Promise.all([
      page.waitForResponse(
        (answer) => answer.url().includes('/content-manager/collection-types/') && answer.request().method() !== 'GET',
      ),
      act(),
    ]);
    if (!response.ok()) throw new Error(`"${what}" was answered ${response.status()}: ${await response.text()}`);
    return (await response.json()).data;
  };

  const press = (button) => write(button, () => page.getByRole('button', { name: button, exact: true }).click());

  const unpublish = async () => {
    await page.getByRole('button', { name: 'More document actions' }).click();
    await write('Unpublish', () => page.getByRole('menuitem', { name: 'Unpublish', exact: true }).click());
  };

  const fill = async (fields) => {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  };

  const createOrder = async (fields) => {
    await open('/content-manager/collection-types/api::order.order/create');
    await fill(fields);
    return press('Save');
  };

  const openOrder = async (documentId) => {
    await open(`/content-manager/collection-types/api::order.order/${documentId}`);
    await page.locator('[name="customerName"]').waitFor();
  };

  const choose = async (label, option) => {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  const openArticle = async (documentId, locale) => {
    await open(
      `/content-manager/collection-types/api::article.article/${documentId}?plugins[i18n][locale]=${encodeURIComponent(locale)}`,
    );
    await page.locator('[name="title"]').waitFor();
  };

  /** The text of a page of ours when its loader is gone. */
  const mainText = async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    return page.getByRole('main').innerText();
  };

  return { open, logIn, press, unpublish, fill, choose, createOrder, openOrder, openArticle, mainText };
};

/** The newest row of the log with this text. */
export const logRow = (page, text) => page.getByTestId('message-row').filter({ hasText: text }).first();
