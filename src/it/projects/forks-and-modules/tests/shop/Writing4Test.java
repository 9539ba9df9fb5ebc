package shop;

class Writing4Test extends Writing {}
