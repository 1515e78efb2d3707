import fc from 'fast-check';
import { measure } from '../../../server/src/domain/segments';
import { transliterate } from '../../../server/src/domain/template/translit';

/** The examples that the resolution No. 55 itself gives in its table. */
const EXAMPLES = `
Алушта Alushta, Андрій Andrii, Борщагівка Borshchahivka, Борисенко Borysenko, Вінниця Vinnytsia, Володимир Volodymyr,
Гадяч Hadiach, Богдан Bohdan, Згурський Zghurskyi, Ґалаґан Galagan, Ґорґани Gorgany, Донецьк Donetsk, Дмитро Dmytro,
Рівне Rivne, Олег Oleh, Есмань Esman, Єнакієве Yenakiieve, Гаєвич Haievych, Короп'є Koropie, Житомир Zhytomyr,
Жанна Zhanna, Жежелів Zhezheliv, Закарпаття Zakarpattia, Казимирчук Kazymyrchuk, Медвин Medvyn, Михайленко Mykhailenko,
Іванків Ivankiv, Іващенко Ivashchenko, Їжакевич Yizhakevych, Кадиївка Kadyivka, Мар'їне Marine, Йосипівка Yosypivka,
Стрий Stryi, Олексій Oleksii, Київ Kyiv, Коваленко Kovalenko, Лебедин Lebedyn, Леонід Leonid, Миколаїв Mykolaiv,
Маринич Marynych, Ніжин Nizhyn, Наталія Nataliia, Одеса Odesa, Онищенко Onyshchenko, Полтава Poltava, Петро Petro,
Решетилівка Reshetylivka, Рибчинський Rybchynskyi, Суми Sumy, Соломія Solomiia, Тернопіль Ternopil, Троць Trots,
Ужгород Uzhhorod, Уляна Uliana, Фастів Fastiv, Філіпчук Filipchuk, Харків Kharkiv, Христина Khrystyna,
Стеценко Stetsenko, Чернівці Chernivtsi, Шевченко Shevchenko, Шостка Shostka,
Кишеньки Kyshenky, Щербухи Shcherbukhy, Гоща Hoshcha, Гаращенко Harashchenko, Юрій Yurii, Корюківка Koriukivka,
Яготин Yahotyn, Ярошенко Yaroshenko, Костянтин Kostiantyn, Знам'янка Znamianka, Феодосія Feodosiia,
Згорани Zghorany, Розгон Rozghon`
  .split(',')
  .map((pair) => pair.trim().split(' ') as [string, string]);

test.each(EXAMPLES)('%s is %s', (ukrainian, latin) => {
  expect(transliterate(ukrainian)).toBe(latin);
});

test.each([
  ['Біла Церква', 'Bila Tserkva'],
  ['ЩУКА', 'SHCHUKA'],
  ['ЄВА і Єва', 'YEVA i Yeva'],
  ['Я', 'Ya'],
  ['ЗГОДА', 'ZGHODA'],
  ['Івано-Франківськ', 'Ivano-Frankivsk'],
  ['Нова-Яворівка', 'Nova-Yavorivka'],
  ['м’яч, мʼяч, м`яч', 'miach, miach, miach'],
  ["'цитата'", "'tsytata'"],
  ['«Київ» — 100 ₴, №5…', '"Kyiv" - 100 UAH, No5...'],
  ['и\u0306од', 'yod'],
  ['Объём, мыло, эхо', 'Obiom, mylo, ekho'],
  ['Order 5 €', 'Order 5 €'],
  ['', ''],
])('%s is %s', (text, latin) => {
  expect(transliterate(text)).toBe(latin);
});

const ukrainianText = fc
  .array(
    fc.constantFrom(
      ...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ',
      ...' \n.,!?:;-+0123456789«»“”„’ʼ`–—…№₴',
    ),
    {
      maxLength: 80,
    },
  )
  .map((characters) => characters.join(''));

test('any Ukrainian text becomes GSM-7, and doing it again changes nothing', () => {
  fc.assert(
    fc.property(ukrainianText, (text) => {
      const latin = transliterate(text);
      expect(measure(latin).encoding).toBe('gsm7');
      expect(transliterate(latin)).toBe(latin);
    }),
    { numRuns: 2000 },
  );
});
